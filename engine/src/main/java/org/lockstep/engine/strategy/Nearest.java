package org.lockstep.engine.strategy;

import java.util.List;

/** Finds the word that was perhaps meant. */
final class Nearest
{
    private Nearest()
    {
    }

    /** @return the closest of the words by edits, or null when none is close. */
    static String of(final String found, final List<String> words)
    {
        String nearest = null;
        int fewest = Math.max(2, found.length() / 2) + 1;
        for (final String word : words)
        {
            final int edits = edits(found, word);
            if (edits < fewest)
            {
                fewest = edits;
                nearest = word;
            }
        }
        return nearest;
    }

    private static int edits(final String a, final String b)
    {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++)
        {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++)
        {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++)
            {
                final boolean isSame =
                    Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                current[j] = Math.min(
                    Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + (isSame ? 0 : 1));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
