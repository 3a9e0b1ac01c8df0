package org.lockstep.journal.inspect;

/** How a frame is written out. */
public enum FrameFormat
{
    /** One line for people. */
    TEXT,
    /** One JSON object on a line. */
    JSON,
    /** One YAML document. */
    YAML
}
