/**
 * React hooks over {@link LockstepClient}. React is handed in, so this module depends on nothing:
 *
 *     import React from 'react';
 *     import { LockstepClient } from './lockstep-client.js';
 *     import { createLockstepHooks } from './lockstep-react.js';
 *     const { useLockstep } = createLockstepHooks(React, () => LockstepClient.shared({ token }));
 *
 *     function Quote({ symbol }) {
 *       const { records: [quote], state } = useLockstep('market-data', { symbol });
 *       return quote ? `${quote.data.bid} ${quote.stale ? 'stale' : state}` : '...';
 *     }
 */

/** @typedef {import('./lockstep-client.js').LockstepClient} LockstepClient */
/** @typedef {import('./lockstep-client.js').DataRecord} DataRecord */
/** @typedef {import('./lockstep-client.js').Selector} Selector */

/**
 * What is used of React.
 * @typedef {object} ReactLike
 * @property {<T>(make: () => T, inputs: any[]) => T} useMemo
 * @property {<T>(subscribe: (onChange: () => void) => () => void, snapshot: () => T, serverSnapshot?: () => T) => T} useSyncExternalStore
 */

/**
 * @typedef {object} View
 * @property {readonly DataRecord[]} records values by key (state channels) or events, oldest first
 * @property {import('./lockstep-client.js').State} state of the connection
 * @property {import('./lockstep-client.js').Transport} transport
 * @property {boolean} stale any of the records is
 */

const EVENT_LIMIT = 200;

/** One subscription as a store that React can read: its view is a new object when, and only when, something changed. */
class Store {
  /** @type {Map<string, DataRecord>} */
  #values = new Map();
  /** @type {DataRecord[]} */
  #events = [];
  /** @type {View|null} */
  #view = null;
  #client;
  #channel;
  #selector;
  #limit;

  /**
   * @param {() => LockstepClient} client
   * @param {string} channel
   * @param {Selector} selector
   * @param {number} limit
   */
  constructor(client, channel, selector, limit) {
    this.#client = client;
    this.#channel = channel;
    this.#selector = selector;
    this.#limit = limit;
    this.subscribe = this.subscribe.bind(this);
    this.snapshot = this.snapshot.bind(this);
  }

  /** @param {() => void} onChange */
  subscribe(onChange) {
    const client = this.#client();
    const changed = () => { this.#view = null; onChange(); };
    const ends = [
      client.on('state', changed),
      client.on('stale', record => { if (this.#values.get(record.key) === record) changed(); }),
      client.on('lost', ({ channel }) => { if (channel === this.#channel) { this.#events = []; changed(); } }),
    ];
    this.#values.clear();
    this.#events = [];
    const subscription = client.subscribe(this.#channel, this.#selector, record => { this.#put(record); changed(); });
    changed();
    return () => { subscription.close(); ends.forEach(end => end()); };
  }

  snapshot() {
    if (!this.#view) {
      const { state, transport } = this.#client();
      const records = this.#events.length > 0 ? this.#events :
        [...this.#values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, record]) => record);
      this.#view = Object.freeze({ records, state, transport, stale: records.some(record => record.stale) });
    }
    return this.#view;
  }

  /** @param {DataRecord} record */
  #put(record) {
    if (record.isEvent) this.#events = [...this.#events, record].slice(-this.#limit);
    else this.#values.set(record.key, record);
  }
}

/**
 * @param {ReactLike} react
 * @param {() => LockstepClient} client gives the one that the page shares
 */
export function createLockstepHooks(react, client) {
  /**
   * The data of a channel, newest as they come, for as long as the component is mounted.
   * @param {string} channel
   * @param {Selector & {limit?: number}} [selector] limit: events kept, default 200
   * @returns {View}
   */
  function useLockstep(channel, selector = {}) {
    const { limit = EVENT_LIMIT, ...rest } = selector;
    const store = react.useMemo(() => new Store(client, channel, rest, limit), [channel, JSON.stringify(rest), limit]);
    return react.useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  }
  return { useLockstep };
}
