package org.lockstep.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.lockstep.engine.ThreadAllocation;

class StateWriterTest
{
    @Test
    void shouldRenderYaml()
    {
        final StateYaml yaml = new StateYaml();

        describe(yaml);

        assertEquals(String.join("\n",
            "name: \"engine\"",
            "time: 1723161253937085768",
            "isRunning: true",
            "bot 3:",
            "  name: \"say \\\"hi\\\" \\x0a\"",
            "  mean: 0.1",
            "  big: 1E+300",
            "  count: 100.0",
            "  nothing: null",
            "  orders: {}",
            "  undefined: .nan",
            "last: -1",
            ""), yaml.toString());
    }

    @Test
    void shouldHashTheSameOnEveryMachine()
    {
        assertEquals(7_661_573_151_007_166_871L, hash(StateWriterTest::describe));
        assertEquals(hash(StateWriterTest::describe), hash(StateWriterTest::describe));
    }

    @Test
    void shouldTellApartWhatDiffers()
    {
        final long base = hash(writer -> two(writer, 1, 2));

        assertNotEquals(base, hash(writer -> two(writer, 2, 1)));
        assertNotEquals(base, hash(writer -> writer.field("a", 1)));
        assertNotEquals(hash(writer -> writer.field("a", 0L)), hash(writer -> writer.field("a", 0.0)));
        assertNotEquals(hash(writer -> writer.field("a", "")), hash(writer -> writer.field("a", (String)null)));
        assertNotEquals(hash(writer -> writer.field("a", "abcd")), hash(writer -> writer.field("a", "abcde")));
        assertNotEquals(hash(writer -> writer.field("a", 0.0)), hash(writer -> writer.field("a", -0.0)));
        assertEquals(hash(writer -> writer.field("a", "abc")),
            hash(writer -> writer.field("a", new StringBuilder("abc"))));
        assertNotEquals(
            hash(writer ->
            {
                writer.begin("x");
                writer.end();
                writer.field("a", 1);
            }),
            hash(writer ->
            {
                writer.begin("x");
                writer.field("a", 1);
                writer.end();
            }));
    }

    @Test
    void shouldWriteFiguresInTheirOrder()
    {
        final StateYaml yaml = new StateYaml();
        yaml.field("values", new double[]{0.1, -2, 1.0 / 3, 99}, 3);
        yaml.field("none", new double[]{1}, 0);

        assertEquals("values: [0.1, -2.0, 0.3333333333333333]\nnone: []\n", yaml.toString());
        assertNotEquals(hash(writer -> writer.field("a", new double[]{1, 2}, 2)),
            hash(writer -> writer.field("a", new double[]{2, 1}, 2)));
        assertEquals(hash(writer -> writer.field("a", new double[]{1, 2}, 1)),
            hash(writer -> writer.field("a", new double[]{1, 3}, 1)));
    }

    @Test
    void shouldRefuseUnbalancedParts()
    {
        final StateHasher hasher = new StateHasher();
        hasher.begin("x");

        assertThrows(IllegalStateException.class, hasher::value);
        assertThrows(IllegalStateException.class, () -> new StateHasher().end());
        assertThrows(IllegalStateException.class, () -> new StateYaml().end());
    }

    @Test
    void shouldHashWithoutAllocating()
    {
        final StateHasher hasher = new StateHasher();
        final long[] sum = new long[1];

        ThreadAllocation.assertNothingAllocated(50_000, () ->
        {
            hasher.reset();
            describe(hasher);
            sum[0] += hasher.value();
        });
    }

    private static long hash(final Consumer<StateWriter> description)
    {
        final StateHasher hasher = new StateHasher();
        description.accept(hasher);
        return hasher.value();
    }

    private static void two(final StateWriter writer, final long first, final long second)
    {
        writer.field("a", first);
        writer.field("a", second);
    }

    private static void describe(final StateWriter writer)
    {
        writer.name("engine");
        writer.field("time", 1723161253937085768L);
        writer.field("isRunning", true);
        writer.begin("bot", 3);
        writer.field("name", "say \"hi\" \n");
        writer.field("mean", 0.1);
        writer.field("big", 1e300);
        writer.field("count", 100.0);
        writer.field("nothing", (String)null);
        writer.begin("orders");
        writer.end();
        writer.field("undefined", Double.NaN);
        writer.end();
        writer.field("last", -1);
    }
}
