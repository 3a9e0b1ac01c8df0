package org.lockstep.tools.rehearse;

import java.util.Locale;

/** How a life ends that does not end as planned. */
enum CrashKind
{
    /** As one of its first inputs comes in: while it replays, connects and reconciles. */
    AT_START,
    /** As a report about an order comes in: it is in the journal, and what follows from it is not. */
    AT_REPORT,
    /** As a request leaves: it is in the journal, and nothing has gone out. */
    AT_REQUEST,
    /** In this process, wherever it stands when the venue has taken so many requests. */
    DROP,
    /** {@code kill -9} of a process of its own when the venue has taken so many requests, or as it starts. */
    KILL;

    /** What is printed, such as {@code at-report}. */
    String label()
    {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
