package org.lockstep.engine.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks code of the deterministic core that uses an API on its list of banned ones, and says why the outputs still are
 * a function of the inputs alone. The build skips what is marked.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.CONSTRUCTOR})
public @interface Deterministic
{
    /** @return why this is safe, such as "looked up, never iterated". */
    String because();
}
