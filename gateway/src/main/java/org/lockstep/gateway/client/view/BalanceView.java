package org.lockstep.gateway.client.view;

/** Money of an account in one asset, 8 decimals. */
record BalanceView(int accountId, String asset, long free, long locked, long sequence)
{
}
