/** The bots as cards: state, result, curve, and what may be done with them. */
import { alertText } from './codes.js';
import { ask, button, byId, element, setClass, setText, toast } from './dom.js';
import { count, money, plainMoney, tone } from './format.js';
import { onLanguage, refusalText, say, t, word } from './i18n.js';
import { Spark } from './spark.js';

const CURVE_POINTS = 600;
const OFFERED = { running: ['pause', 'stop', 'kill'], paused: ['resume', 'stop', 'kill'], stopping: ['kill'], starting: ['stop', 'kill'] };
const BY_HTTP = new Set(['start', 'stop']);
const STATE_KIND = { running: 'good', failed: 'bad', killed: 'bad', paused: 'fair', stopping: 'fair', starting: 'fair' };
const FIGURES = { realised: data => [money(data.realisedPnl), tone(data.realisedPnl)], unrealised: data => [money(data.unrealisedPnl), tone(data.unrealisedPnl)],
  fees: data => [plainMoney(data.fees), ''], fills: data => [count(data.fills), ''], open: data => [count(data.openOrders), ''] };

export const stateTag = state => element('span', 'tag ' + (STATE_KIND[state] ?? ''), word(state));

export class Bots {
  #cards = new Map();
  #pasts = new Map();
  #command;
  #open;
  #mayCommand = false;
  #reach = 'none';

  /** command(bot, action) resolves when the journal has it; open(bot) shows its details. */
  constructor(command, open) {
    this.#command = command;
    this.#open = open;
    onLanguage(() => { for (const card of this.#cards.values()) { this.#figures(card); this.#actions(card); this.#fill(card); } });
  }

  get names() { return [...this.#cards.keys()].sort(); }

  data(name) { return this.#cards.get(name)?.data; }

  curve(name) { return this.#cards.get(name)?.curve.points ?? []; }

  allow(mayCommand) {
    this.#mayCommand = mayCommand;
    for (const card of this.#cards.values()) this.#actions(card);
  }

  /** Which commands would arrive at once: all, only those that go over HTTP, or none. */
  reach(reach) {
    if (reach === this.#reach) return;
    this.#reach = reach;
    for (const card of this.#cards.values()) this.#actions(card);
  }

  /** Results from before this page. */
  past(name, values) {
    const card = this.#cards.get(name);
    if (!card) this.#pasts.set(name, values);      // the bot's own status is still on its way
    if (!card || card.hasPast || values.length === 0) return;
    card.hasPast = true;
    card.curve.prepend(values);
  }

  settle() {
    say(byId('bots-empty'), 'noBots');
  }

  update({ data }) {
    const card = this.#cards.get(data.bot) ?? this.#make(data.bot);
    if (this.#pasts.has(data.bot)) {
      this.past(data.bot, this.#pasts.get(data.bot));
      this.#pasts.delete(data.bot);
    }
    card.data = data;
    card.curve.push(Number(data.pnl));
    if (card.curve.points.length === 1) card.curve.push(Number(data.pnl));
    this.#fill(card);
    if (card.state !== data.state) {
      card.state = data.state;
      card.node.dataset.state = data.state;
      this.#actions(card);
    }
    byId('bots-empty').hidden = true;
    this.#totals();
  }

  /** The buttons of a bot, also for its details. */
  buttons(name) {
    const card = this.#cards.get(name);
    if (!card || !this.#mayCommand) return [];
    return (OFFERED[card.state] ?? ['start']).map(action => {
      const pressed = button(action === 'kill' ? 'danger' : action === 'start' ? 'primary' : '', t(action), () => this.#press(name, action));
      pressed.dataset.action = action;
      const isInReach = this.#reach === 'all' || (this.#reach === 'http' && BY_HTTP.has(action));
      pressed.disabled = card.isBusy || !isInReach;
      if (!isInReach) pressed.title = t('offlineCommand');
      return pressed;
    });
  }

  #make(name) {
    const node = element('article', 'card');
    node.dataset.bot = name;
    const title = button('name', name, () => this.#open(name));
    const head = element('div', 'head');
    const strategy = element('small');
    head.append(title, strategy);
    const pnl = element('div', 'pnl', '–');
    const curve = new Spark({ capacity: CURVE_POINTS, isResult: true });
    const curveHolder = element('div', 'curve');
    curveHolder.append(curve.svg);
    const figures = element('dl', 'figures');
    const reason = element('div', 'reason');
    const refusals = element('div', 'refusals warn');
    refusals.hidden = true;
    const actions = element('div', 'actions');
    node.append(head, pnl, curveHolder, figures, refusals, actions);
    const card = { name, node, title, strategy, pnl, curve, figures, refusals, reason, actions, values: {}, isBusy: false, focused: null };
    this.#cards.set(name, card);
    this.#figures(card);
    const next = this.names[this.names.indexOf(name) + 1];
    byId('bots').insertBefore(node, next ? this.#cards.get(next).node : null);
    setText(byId('bot-count'), String(this.#cards.size));
    return card;
  }

  #figures(card) {
    card.title.setAttribute('aria-label', t('details', card.name));
    card.figures.replaceChildren(...Object.keys(FIGURES).map(name => {
      const item = element('div');
      card.values[name] = element('dd', '', '–');
      item.append(element('dt', '', t(name)), card.values[name]);
      return item;
    }));
  }

  #fill(card) {
    const { data } = card;
    if (!data) return;
    setText(card.strategy, data.strategy ?? '');
    setText(card.pnl, money(data.pnl));
    setClass(card.pnl, 'pnl ' + tone(data.pnl));
    for (const [name, value] of Object.entries(FIGURES)) {
      const [text, className] = value(data);
      setText(card.values[name], text);
      setClass(card.values[name], className);
    }
    card.refusals.hidden = !(data.ordersRefused > 0);
    setText(card.refusals, t('ordersRefused', count(data.ordersRefused ?? 0)));
    card.reason.hidden = !data.reason || data.state === 'running';
    setText(card.reason, alertText({ text: data.reason ?? '' }));
    card.reason.title = data.reason ?? '';
  }

  #actions(card) {
    // Who works with the keyboard must not lose the place when the buttons change, or are off for a moment.
    if (card.actions.contains(document.activeElement)) card.focused = document.activeElement.dataset.action;
    else if (document.activeElement !== document.body) card.focused = null;
    card.actions.replaceChildren(stateTag(card.state), card.reason, ...this.buttons(card.name));
    if (card.focused) (card.actions.querySelector(`[data-action="${card.focused}"]`) ?? card.actions.querySelector('button'))?.focus();
  }

  async #press(name, action) {
    const card = this.#cards.get(name);
    if (action === 'kill' && !await ask({ title: t('killAsk', name), text: t('killText'), cancel: t('cancel'),
      answers: [['yes', t('kill'), 'danger solid']] })) return;
    card.isBusy = true;
    this.#actions(card);
    try {
      await this.#command(name, action);
    } catch (refusal) {
      toast(t('commandFailed', name, refusalText(refusal)), true);
    } finally {
      card.isBusy = false;
      this.#actions(card);
    }
  }

  #totals() {
    const all = [...this.#cards.values()].map(card => card.data).filter(Boolean);
    const sum = field => all.reduce((total, data) => total + Number(data[field] ?? 0), 0);
    for (const [id, field] of [['total-pnl', 'pnl'], ['total-realised', 'realisedPnl'], ['total-unrealised', 'unrealisedPnl']]) {
      setText(byId(id), money(sum(field)));
      setClass(byId(id), tone(sum(field)));
    }
    setText(byId('total-fees'), plainMoney(sum('fees')));
    setText(byId('total-fills'), count(sum('fills')));
    setText(byId('total-orders'), count(sum('openOrders')));
  }
}
