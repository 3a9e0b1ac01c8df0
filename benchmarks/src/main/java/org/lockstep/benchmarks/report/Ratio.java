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
 * @param error    where the value lies with its error, or null where the program tells none.
 * @param isNoisy  whether the program's figures are not to be trusted.
 */
record Ratio(String program, String name, double value, double target, Better better, double baseline,
    Interval error, boolean isNoisy)
{
    private static final double PERCENT = 100;
    private static final double NOTHING_REACHED = 0.1;

    static Ratio of(final String program, final String name, final JsonNode json, final double baseline,
        final boolean isNoisy)
    {
        return new Ratio(program, name, json.path("value").asDouble(), json.path("target").asDouble(),
            Better.of(json.path("better").asText()), baseline,
            json.has("low") ? new Interval(json.path("low").asDouble(), json.path("high").asDouble()) : null, isNoisy);
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

    /** Whether the verdict stands: the program was not disturbed, and the error does not reach the target. */
    boolean isTrusted()
    {
        return !isNoisy && !isUndecided();
    }

    /** "met", or by how much missed, and why that is not sure. */
    String verdict()
    {
        final String noisy = isNoisy ? " (noisy)" : "";
        if (isUndecided())
        {
            return (isMet() ? "met" : "missed") + (error.isKnown() ? ", within the error" : ", error unknown") + noisy;
        }
        return (isMet() ? "met" : missed()) + noisy;
    }

    private String missed()
    {
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

    private boolean isUndecided()
    {
        return null != error && (!error.isKnown() || error.holds(target));
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
