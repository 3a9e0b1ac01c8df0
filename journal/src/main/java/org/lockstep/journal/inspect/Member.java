package org.lockstep.journal.inspect;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A field, group or text of a generated decoder, found by the names SBE gives its accessors, so that what the schema
 * gains is shown without a change here. Immutable.
 *
 * @param name      as in the schema, camelCase.
 * @param kind      what it is.
 * @param getter    reads it; groups and texts must be read in order.
 * @param nullValue what stands for "not set", or null.
 * @param members   of a group's entry, else empty.
 * @param sinceVersion of the schema; frames of an older one do not have it.
 */
record Member(String name, Kind kind, Method getter, Object nullValue, List<Member> members, int sinceVersion)
{
    enum Kind
    {
        FIELD, GROUP, TEXT
    }

    private static final String FIELD_MARK = "EncodingOffset";
    private static final String TEXT_MARK = "HeaderLength";
    private static final String GROUP_MARK = "DecoderId";

    /** Finds the members of a decoder in the order of the schema. */
    static List<Member> of(final Class<?> decoder)
    {
        record Numbered(int id, Member member)
        {
        }

        final List<Numbered> found = new ArrayList<>();
        for (final Method method : decoder.getMethods())
        {
            final Member member = Modifier.isStatic(method.getModifiers()) ? ofStatic(decoder, method) : null;
            if (null != member)
            {
                final String idName = member.name + (Kind.GROUP == member.kind ? GROUP_MARK : "Id");
                found.add(new Numbered(((Number)call(find(decoder, idName), null)).intValue(), member));
            }
        }
        found.sort(Comparator.comparingInt(Numbered::id));
        return found.stream().map(Numbered::member).toList();
    }

    /** Reads the member. */
    Object read(final Object decoder)
    {
        return call(getter, decoder);
    }

    private static Member ofStatic(final Class<?> decoder, final Method mark)
    {
        final String markName = mark.getName();
        if (mark.getParameterCount() > 0)
        {
            return null;
        }
        if (markName.endsWith(FIELD_MARK))
        {
            final String name = strip(markName, FIELD_MARK);
            final Method nullValue = find(decoder, name + "NullValue");
            return new Member(name, Kind.FIELD, find(decoder, name),
                null == nullValue ? null : call(nullValue, null), List.of(), since(decoder, name));
        }
        if (markName.endsWith(GROUP_MARK))
        {
            final Method getter = find(decoder, strip(markName, GROUP_MARK));
            return new Member(getter.getName(), Kind.GROUP, getter, null, of(getter.getReturnType()), 0);
        }
        if (markName.endsWith(TEXT_MARK) && markName.length() > TEXT_MARK.length())
        {
            final Method getter = find(decoder, strip(markName, TEXT_MARK));
            return null == getter ? null : new Member(
                getter.getName(), Kind.TEXT, getter, null, List.of(), since(decoder, getter.getName()));
        }
        return null;
    }

    private static int since(final Class<?> decoder, final String name)
    {
        final Method since = find(decoder, name + "SinceVersion");
        return null == since ? 0 : (Integer)call(since, null);
    }

    static Object call(final Method method, final Object target)
    {
        try
        {
            return method.invoke(target);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException("cannot read " + method, ex);
        }
    }

    static Method find(final Class<?> type, final String name)
    {
        try
        {
            return type.getMethod(name);
        }
        catch (final NoSuchMethodException ex)
        {
            return null;
        }
    }

    private static String strip(final String name, final String mark)
    {
        return name.substring(0, name.length() - mark.length());
    }
}
