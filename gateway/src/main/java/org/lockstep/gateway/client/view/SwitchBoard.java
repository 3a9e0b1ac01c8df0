package org.lockstep.gateway.client.view;

import org.agrona.collections.IntHashSet;
import org.lockstep.engine.event.codec.AlertDecoder;
import org.lockstep.engine.event.codec.YesNo;

/** Which kill switches are on: of everything, and of accounts. A bot's is its state. Client event loop only. */
final class SwitchBoard
{
    private final IntHashSet accounts = new IntHashSet();
    private boolean isOn;
    private long turnedNs;

    /** @return true when the alert tells of a switch that concerns more than one bot. */
    boolean onAlert(final AlertDecoder alert, final long timeNs)
    {
        final YesNo killed = alert.killed();
        if (alert.botId() >= 0 || YesNo.YES != killed && YesNo.NO != killed)
        {
            return false;
        }
        if (alert.accountId() < 0)
        {
            isOn = YesNo.YES == killed;
            turnedNs = timeNs;
        }
        else if (YesNo.YES == killed)
        {
            accounts.add(alert.accountId());
        }
        else
        {
            accounts.remove(alert.accountId());
        }
        return true;
    }

    /** @return true while nothing at all may trade. */
    boolean isOn()
    {
        return isOn;
    }

    /** @return when the switch of everything was turned last, epoch ns, 0 = never. */
    long turnedNs()
    {
        return turnedNs;
    }

    boolean isOn(final int accountId)
    {
        return isOn || accounts.contains(accountId);
    }
}
