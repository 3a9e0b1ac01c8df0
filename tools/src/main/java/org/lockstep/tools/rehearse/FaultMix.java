package org.lockstep.tools.rehearse;

import java.util.List;
import java.util.SplittableRandom;

/** Draws faults: which, and how hard. */
final class FaultMix
{
    /** Names and what they ask the simulator for; SEED stands for a number drawn for each. */
    private static final List<String[]> FAULTS = List.of(
        new String[]{"ack-lost", "{'fault':'drop-ack','probability':0.2,'forMs':150,'seed':SEED}"},
        new String[]{"ack-delayed", "{'fault':'delay-ack','probability':0.3,'ms':60,'forMs':200,'seed':SEED}"},
        new String[]{"ack-duplicated", "{'fault':'duplicate-ack','probability':0.3,'forMs':200,'seed':SEED}"},
        new String[]{"ack-reordered", "{'fault':'reorder-ack','probability':0.3,'forMs':200,'seed':SEED}"},
        new String[]{"request-lost", "{'fault':'lose-request','probability':0.2,'forMs':150,'seed':SEED}"},
        new String[]{"request-delayed", "{'fault':'delay-request','probability':0.3,'ms':40,'forMs':200,'seed':SEED}"},
        new String[]{"rejected", "{'fault':'reject','probability':0.2,'forMs':150,'seed':SEED}"},
        new String[]{"timeout-1007", "{'fault':'timeout','probability':0.2,'forMs':150,'seed':SEED}"},
        new String[]{"unknown-order", "{'fault':'unknown-order','probability':0.3,'forMs':80,'seed':SEED}"},
        new String[]{"fill-lost", "{'fault':'drop-event','probability':0.2,'forMs':150,'seed':SEED}"},
        new String[]{"fill-delayed", "{'fault':'delay-event','probability':0.3,'ms':60,'forMs':200,'seed':SEED}"},
        new String[]{"fill-duplicated", "{'fault':'duplicate-event','probability':0.3,'forMs':200,'seed':SEED}"},
        new String[]{"fill-reordered", "{'fault':'reorder-event','probability':0.3,'forMs':200,'seed':SEED}"},
        new String[]{"disconnect", "{'fault':'disconnect'}"},
        new String[]{"close", "{'fault':'close','target':'api'}"},
        new String[]{"mute", "{'fault':'mute','target':'api','ms':80}"},
        new String[]{"half-open", "{'fault':'half-open','target':'api'}"},
        new String[]{"restart", "{'fault':'restart','ms':30}"},
        new String[]{"clock-skew", "{'fault':'clock-skew','ms':5000}"},
        new String[]{"terminate-streams", "{'fault':'terminate-streams'}"});

    private FaultMix()
    {
    }

    /** One of the faults: its name, and what the simulator is sent. */
    static String[] draw(final SplittableRandom random)
    {
        final String[] drawn = FAULTS.get(random.nextInt(FAULTS.size()));
        return new String[]{drawn[0],
            drawn[1].replace('\'', '"').replace("SEED", Integer.toString(random.nextInt(1, 1_000_000)))};
    }
}
