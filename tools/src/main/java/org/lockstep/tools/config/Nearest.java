package org.lockstep.tools.config;

import java.util.Collection;

/** Finds the known word a mistyped one most likely meant, by edit distance. */
public final class Nearest
{
    private Nearest()
    {
    }

    /**
     * Finds it.
     *
     * @param word  as typed.
     * @param known words.
     * @return the closest word within a third of its length (at least 2 edits), or null.
     */
    public static String of(final String word, final Collection<String> known)
    {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (final String candidate : known)
        {
            final int distance = distance(word.toLowerCase(java.util.Locale.ROOT),
                candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance < bestDistance && distance <= Math.max(2, candidate.length() / 3))
            {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static int distance(final String left, final String right)
    {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++)
        {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++)
        {
            final int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++)
            {
                final int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
