import assert from 'node:assert/strict';
import { test } from 'node:test';
import React from 'react';
import renderer from 'react-test-renderer';
import { createLockstepHooks } from './page/lockstep-react.js';
import { openGateway, until } from './gateway.js';

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const { act } = React;

/** Lets React settle, then looks. */
function shown(root, what, condition) {
  return until(what, async () => {
    await act(async () => { await new Promise(resolve => setTimeout(resolve, 5)); });
    return condition(root.toJSON()?.children?.join('') ?? '');
  });
}

test('should render quotes and fills as they come, and unsubscribe when unmounted', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open();
  const { useLockstep } = createLockstepHooks(React, () => client);
  let renders = 0;
  function Widget({ symbol }) {
    renders++;
    const quotes = useLockstep('market-data', { symbol });
    const fills = useLockstep('trades', { limit: 2 });
    return React.createElement('p', null,
      `${quotes.state} ${quotes.records.map(record => record.data.bid).join()} fills ${fills.records.map(record => record.data.tradeId).join()}`);
  }
  let root;
  await act(async () => { root = renderer.create(React.createElement(Widget, { symbol: 'BTCUSDT' })); });

  await gateway.run('/quote', { bid: 6_000_000 });
  await gateway.fills(1, 3);
  await shown(root, 'the quote and the last two fills', text => text === 'OPEN 60000.00 fills 2,3');
  await gateway.run('/quote', { instrument: 1, bid: 250_000 });
  await act(async () => root.update(React.createElement(Widget, { symbol: 'ETHUSDT' })));
  await shown(root, 'the other quote', text => text === 'OPEN 2500.00 fills 2,3');
  assert.ok(renders < 40, `${renders} renders`);

  await act(async () => root.unmount());
  const stats = async () => (await (await fetch(gateway.url + '/ws/stats')).json()).subscriptions;
  await until('nothing is subscribed', async () => Object.values(await stats()).every(count => count === 0));
});

test('should render that the connection is lost', async t => {
  const gateway = await openGateway(t);
  const client = await gateway.open({ backoffMs: [60_000] });
  const { useLockstep } = createLockstepHooks(React, () => client);
  const Widget = () => React.createElement('p', null, useLockstep('bot-status').state);
  let root;
  await act(async () => { root = renderer.create(React.createElement(Widget)); });

  gateway.proxy.cut();

  await shown(root, 'the loss', text => text === 'RECONNECTING');
  await act(async () => root.unmount());
});
