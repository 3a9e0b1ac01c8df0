package org.lockstep.engine.instrument;

/** What happens to the part of a result that does not fit its scale. Signs are treated alike: the size counts. */
public enum Rounding
{
    /** Towards zero. */
    DOWN,
    /** Away from zero. */
    UP,
    /** To the nearest, a tie to the even neighbour: no drift over many roundings. */
    HALF_EVEN,
    /** To the nearest, a tie away from zero. */
    HALF_UP,
    /** Nothing may be lost: a result that would need rounding is an error. */
    UNNECESSARY
}
