package org.lockstep.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A figure with a target.
 *
 * @param program  that measured it.
 * @param name     of it.
 * @param value    measured.
 * @param target   to reach.
 * @param better   which way.
 * @param baseline as it was committed, or NaN.
 */
record Ratio(String program, String name, double value, double target, Better better, double baseline)
{
    private static final double PERCENT = 100;
    private static final double NOTHING_REACHED = 0.1;

    static Ratio of(final String program, final String name, final JsonNode json, final double baseline)
    {
        return new Ratio(program, name, json.path("value").asDouble(), json.path("target").asDouble(),
            Better.of(json.path("better").asText()), baseline);
    }

    /** Name in a baseline. */
    String key()
    {
        return program + ": " + name;
    }

    boolean isMet()
    {
        return better.isMet(value, target);
    }

    /** How much of the target is reached: 1 and more is met. */
    double reached()
    {
        return reached(value);
    }

    /** As {@link #reached()}, of the baseline; NaN without. */
    double reachedBefore()
    {
        return reached(baseline);
    }

    /** "met", or by how much missed. */
    String verdict()
    {
        if (isMet())
        {
            return "met";
        }
        return 0 == target ? "missed" : "missed by %.0f %%".formatted(PERCENT * Math.abs(value - target) / target);
    }

    /** Change since the baseline in percent, the sign being that of the value; NaN without. */
    double driftPercent()
    {
        return PERCENT * (value / baseline - 1);
    }

    /** "better", "worse", or what little it moved; empty without a baseline. */
    String drift(final double tolerancePercent)
    {
        final double drift = driftPercent();
        if (!Double.isFinite(drift))
        {
            return "";
        }
        final String text = "%+.0f %%".formatted(drift);
        if (Math.abs(drift) <= tolerancePercent)
        {
            return text;
        }
        return text + (drift > 0 == (Better.HIGHER == better) ? " better" : " WORSE");
    }

    private double reached(final double measured)
    {
        if (Double.isNaN(measured))
        {
            return measured;
        }
        if (0 == target)
        {
            return better.isMet(measured, target) ? 1 : NOTHING_REACHED;
        }
        return better == Better.HIGHER ? measured / target : target / measured;
    }
}
