/** The connection's light, what it means in words, and its history. */
import { button, byId, element, setText } from './dom.js';
import { age, time } from './format.js';
import { onLanguage, t } from './i18n.js';

/** green: all comes live; yellow: on its way; blue: comes by other means; red: nothing comes. */
export function colour({ state, transport }) {
  if (state === 'OPEN') return 'open';
  if (state === 'CONNECTING' || state === 'RECONNECTING') return 'wait';
  return state === 'FALLBACK' && transport !== 'none' ? 'fallback' : 'closed';
}

function words({ state, transport, retryAt }) {
  const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
  switch (state) {
    case 'OPEN': return t('live');
    case 'CONNECTING': return t('connecting');
    case 'RECONNECTING': return retryAt > Date.now() ? t('reconnectingIn', seconds) : t('reconnecting');
    case 'FALLBACK':
      if (transport === 'stream') return t('byStream');
      if (transport === 'polling') return t('byPolling');
      return retryAt > Date.now() ? t('offlineIn', seconds) : t('offline');
    case 'ERROR': return t('refusedState');
    default: return t('signedOut');
  }
}

export class Light {
  #client = null;
  #button = byId('link');
  #popover = byId('link-history');

  constructor() {
    this.#button.addEventListener('click', () => this.#toggle(this.#popover.hidden));
    document.addEventListener('keydown', event => { if (event.key === 'Escape') this.#toggle(false); });
    document.addEventListener('click', event => { if (!event.target.closest('.link')) this.#toggle(false); });
    byId('link-retry').addEventListener('click', () => this.#client?.retry());
    setInterval(() => this.show(), 1_000);
    onLanguage(() => this.show());
    this.show();
  }

  watch(client) {
    this.#client = client;
    client.on('state', () => this.show());
    this.show();
  }

  show() {
    const status = this.#client?.status ?? { state: 'CLOSED', transport: 'none', retryAt: 0 };
    byId('light').dataset.state = colour(status);
    setText(byId('link-text'), words(status));
    byId('desk').classList.toggle('silent', colour(status) === 'closed' || status.state === 'RECONNECTING');
    if (!this.#popover.hidden) this.#list();
  }

  #toggle(isOpen) {
    if (isOpen === !this.#popover.hidden) return;
    this.#popover.hidden = !isOpen;
    this.#button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) this.#list();
  }

  #list() {
    const client = this.#client;
    const history = client?.history ?? [];
    const details = [];
    if (client?.roundTripMs >= 0 && client.state === 'OPEN') details.push(`${t('roundTrip')} ${client.roundTripMs} ms`);
    if (client?.queueLength > 0) details.push(t('queued', client.queueLength));
    setText(byId('link-detail'), details.join(' · '));
    byId('link-retry').hidden = !client || (client.state !== 'RECONNECTING' && client.state !== 'FALLBACK');
    byId('link-list').replaceChildren(...history.map((change, index) => {
      const until = history[index + 1]?.at ?? Date.now();
      const item = element('li');
      const light = element('i', 'light');
      light.dataset.state = colour(change);
      const text = element('span', '', words({ ...change, retryAt: 0 }));
      if (change.reason) text.append(' ', element('small', '', change.reason));
      item.append(light, element('time', '', time(change.at)), text, element('small', '', t('forTime', age(until - change.at))));
      return item;
    }).reverse());
  }
}

/** A group of buttons of which one is pressed. */
export class Switch {
  #holder;
  #onSelect;

  constructor(holder, onSelect) {
    this.#holder = holder;
    this.#onSelect = onSelect;
  }

  options(names, selected) {
    this.#holder.replaceChildren(...names.map(name => {
      const option = button('', name, () => this.select(name));
      option.dataset.value = name;
      return option;
    }));
    this.select(selected, false);
  }

  select(name, isTold = true) {
    this.selected = name;
    for (const option of this.#holder.children) option.setAttribute('aria-pressed', String(option.dataset.value === name));
    if (isTold) this.#onSelect(name);
  }
}
