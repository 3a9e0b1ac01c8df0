import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGateway, token } from './gateway.js';

test('should turn the kill switch of one bot for an admin', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();

  const answer = await client.adminCommand('kill_switch_on', { bot: 'maker-btc', flatten: true });

  assert.equal(answer.action, 'kill_switch_on');
  assert.equal(await gateway.run('/actions'), 'KILL_SWITCH_ON maker-btc by ann flatten=yes');
});

test('should name the field that a command does not take', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();

  await assert.rejects(client.adminCommand('kill_switch_on', { bots: ['maker-btc'] }), { code: 'invalid', field: 'data.bots' });

  assert.equal(await gateway.run('/actions'), '');
});

test('should refuse an admin command at once while offline', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.client();

  await assert.rejects(client.adminCommand('kill_switch_off'), { code: 'offline' });
});

test('should refuse an admin command of an operator', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open({ token: await token('bob', 'operator') });

  await assert.rejects(client.adminCommand('kill_switch_on'), { code: 'forbidden' });
});
