/** Alerts, and the health of it all: sessions, clocks, latency, queues. */
import { alertText } from './codes.js';
import { byId, element, row, Rows, setClass, setText } from './dom.js';
import { count, fixed, nanos, short, time } from './format.js';
import { onLanguage, t } from './i18n.js';
import { feedWord } from './markets.js';

const MAX_ALERTS = 200;
const RECENT = 8;
const LIVE = new Set(['live', 'connected']);

export class Alerts {
  #list = byId('alerts');
  #unseen = 0;
  #isShown = true;

  constructor() {
    onLanguage(() => { for (const item of this.#list.children) this.#say(item); });
  }

  /** While they are not, what comes is counted. */
  shown(isShown) {
    this.#isShown = isShown;
    this.#unseen = 0;
    setText(byId('alert-count'), '');
  }

  clear() {
    this.#list.replaceChildren();
    byId('alerts-empty').hidden = false;
  }

  add({ data, snapshot }) {
    if (!snapshot && data.severity !== 'info' && !this.#isShown) setText(byId('alert-count'), String(++this.#unseen));
    const key = [data.severity, data.kind, data.bot, data.state, data.text, data.symbol].join('\n');
    const same = [...this.#list.children].slice(0, RECENT).find(item => item.dataset.key === key);
    if (same) {      // the same again and again is one line with a count, also when others come in between
      same.dataset.count = String(Number(same.dataset.count ?? 1) + 1);
      same.alert = data;
      this.#say(same);
      if (same !== this.#list.firstChild) this.#list.prepend(same);
      return;
    }
    const item = element('li', data.severity);
    item.dataset.key = key;
    item.alert = data;
    this.#say(item);
    this.#list.prepend(item);
    while (this.#list.children.length > MAX_ALERTS) this.#list.lastChild.remove();
    byId('alerts-empty').hidden = true;
  }

  /** Writes a line anew: in the language of now, with the time and count of now. */
  #say(item) {
    const data = item.alert;
    const text = element('span');
    const about = data.kind === 'feed' ? `${data.feedVenue ?? ''} ${feedWord(data.state)}` : data.bot ?? t(data.kind === 'refusal' ? 'refusal' : data.severity ?? 'info');
    text.append(element('b', { critical: 'down', warning: 'warn' }[data.severity] ?? '', about), ' ', alertText(data));
    text.title = data.text ?? '';
    if (data.symbol) text.append(' ', element('span', 'soft', data.symbol));
    if (item.dataset.count) text.append(' ', element('small', 'times', t('times', item.dataset.count)));
    item.replaceChildren(element('time', '', time(data.time)), text);
  }
}

export class System {
  #clocks = new Rows(document.querySelector('#clocks tbody'), () => row(['venue', 'offset:num', 'roundTrip:num']));
  #gauges = new Map();
  #health = null;
  #before = null;

  constructor() {
    onLanguage(() => { byId('gauges').replaceChildren(); this.#gauges.clear(); if (this.#health) this.update(this.#health); });
  }

  clock({ data }) {
    const cells = this.#clocks.get(data.venue);
    setText(cells.venue, data.venue);
    setText(cells.offset, `${fixed(data.offsetMs, 2)}\u202fms`);
    setText(cells.roundTrip, `${fixed(data.roundTripMs, 2)}\u202fms`);
  }

  update(record) {
    const { data } = this.#health = record;
    this.#gauge('eventsIn', short(data.inputs));
    this.#gauge('eventsOut', short(data.outputs));
    this.#gauge('rate', this.#rate(record));
    this.#gauge('sequence', count(data.lastSequence));
    this.#gauge('journal', `${short(data.journalBytes)}B`);
    const used = data.ringCapacity ? 100 * (1 - data.ringRemaining / data.ringCapacity) : 0;
    this.#gauge('ring', `${fixed(used, used > 0 && used < 10 ? 1 : 0)}\u202f%`, used > 75 ? 'down' : used > 40 ? 'warn' : '');
    byId('halted').hidden = !data.halted;
    setText(byId('halted'), data.halted ? t('halted', data.haltReason ?? '') : '');
    this.#latency(data.latencyNs ?? {});
    this.#sessions(data.sessions ?? []);
  }

  #rate(record) {
    const before = this.#before;
    if (!before || record.receivedAt - before.receivedAt >= 900) this.#before = record;
    if (!before || record.receivedAt === before.receivedAt) return this.rateText ?? '–';
    const perSecond = (record.data.inputs - before.data.inputs) * 1000 / (record.receivedAt - before.receivedAt);
    return this.rateText = perSecond >= 0 ? `${short(Math.round(perSecond))}/s` : '–';
  }

  #gauge(name, text, className = '') {
    let value = this.#gauges.get(name);
    if (!value) {
      const item = element('div');
      value = element('dd');
      item.append(element('dt', '', t(name)), value);
      byId('gauges').append(item);
      this.#gauges.set(name, value);
    }
    setText(value, text);
    setClass(value, className);
  }

  #latency(hops) {
    document.querySelector('#latency tbody').replaceChildren(...Object.entries(hops).map(([name, hop]) => {
      const cells = row(['name', 'p50:num', 'p99:num', 'p999:num', 'max:num']);
      cells.name.textContent = t(name);
      for (const field of ['p50', 'p99', 'p999', 'max']) cells[field].textContent = nanos(hop[field], hop.count);
      return cells.node;
    }));
    const bot = hops.socketToBot;
    setText(byId('total-latency'), bot ? nanos(bot.p50, bot.count) : '–');
  }

  #sessions(sessions) {
    document.querySelector('#sessions tbody').replaceChildren(...sessions.map(session => {
      const cells = row(['name', 'state', 'decoded:num', 'rejected:num', 'gaps:num']);
      cells.name.append(session.venue, element('small', '', session.name));
      cells.state.append(element('span', 'tag ' + (session.live || LIVE.has(session.state) ? 'good' : 'fair'), feedWord(session.state)));
      cells.decoded.textContent = short(session.decoded);
      cells.rejected.textContent = count(session.rejected);
      cells.rejected.className = 'num' + (session.rejected ? ' warn' : '');
      cells.gaps.textContent = count(session.gaps);
      cells.gaps.className = 'num' + (session.gaps ? ' warn' : '');
      return cells.node;
    }));
  }
}
