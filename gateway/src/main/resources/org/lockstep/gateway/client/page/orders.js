/** What only an admin may do: place an order by hand, and stop everything. */
import { alertText } from './codes.js';
import { ask, button, element, toast } from './dom.js';
import { decimalMark } from './format.js';
import { refusalText, t } from './i18n.js';

const LATE_MS = 20_000;
/** Names of the fields of an order on the page, by their names in the protocol. */
const LABELS = { symbol: 'symbol', orderType: 'orderType', quantity: 'quantity', price: 'price', timeInForce: 'timeInForce', account: 'account', side: 'side' };

/** Why an order was not taken, with the field as the form calls it. */
function formError(refusal) {
  const [, name, rest] = /^data\.(\w+) (.*)$/.exec(refusal.message ?? '') ?? [];
  if (!(name in LABELS)) return refusalText(refusal);
  const decimals = /^has at most (\d+) decimals/.exec(rest);
  const text = decimals ? t('tooFine', decimals[1]) : rest === 'must be more than 0' ? t('notPositive') : rest;
  return `${t(LABELS[name])}: ${text}`;
}

/**
 * Asks for the terms of an order and sends it; request(type, data) resolves when the journal has it, outcome(sequence)
 * with what the engine then says of it.
 */
export function openOrderForm({ symbols, selected, accounts, request, outcome }) {
  const dialog = element('dialog', 'order-form');
  dialog.setAttribute('aria-label', t('newOrder'));
  const form = element('form');
  form.method = 'dialog';
  const field = (key, input, className = '') => {
    const label = element('label', className, t(key));
    label.append(input);
    return label;
  };
  const choice = (name, options, value) => {
    const select = element('select');
    select.name = name;
    for (const [code, text] of options) select.append(new Option(text, code, false, code === value));
    return select;
  };
  // What is shown as 64.101,86 must not be taken for 64.10186: the one mark of this language, and none between thousands.
  const mark = decimalMark();
  const amount = name => {
    const input = element('input');
    Object.assign(input, { name, inputMode: 'decimal', autocomplete: 'off', pattern: `[0-9]+([${mark}][0-9]+)?`, required: true,
      title: t('amountHint', mark) });
    return input;
  };
  let side = 'buy';
  const sides = element('div', 'sides');
  for (const name of ['buy', 'sell']) {
    const press = button('', t(name), () => {
      side = name;
      for (const other of sides.children) other.setAttribute('aria-pressed', String(other === press));
    });
    press.dataset.side = name;
    press.setAttribute('aria-pressed', String(name === side));
    sides.append(press);
  }
  const symbol = choice('symbol', symbols.map(key => [key, key.split(':')[1]]), selected);
  const type = choice('orderType', [['limit', t('limit')], ['limitMaker', t('limitMaker')], ['market', t('market')]], 'limit');
  const account = choice('account', [...(accounts.length > 1 ? [['', '–']] : []), ...accounts.map(name => [name, name])], accounts.length > 1 ? '' : accounts[0]);
  account.required = accounts.length > 1;
  const quantity = amount('quantity');
  const price = amount('price');
  const force = choice('timeInForce', [['gtc', 'GTC'], ['ioc', 'IOC'], ['fok', 'FOK']], 'gtc');
  const error = element('p', 'error whole');
  error.setAttribute('role', 'alert');
  const actions = element('div', 'actions whole');
  const place = element('button', 'primary', t('place'));
  place.type = 'submit';
  actions.append(button('', t('cancel'), () => dialog.close()), place);
  type.addEventListener('change', () => {
    price.disabled = type.value === 'market';
    price.required = !price.disabled;
    force.value = price.disabled ? 'ioc' : 'gtc';       // what a market order leaves over is never in the book
    force.disabled = type.value !== 'limit';
  });
  form.append(sides, ...(accounts.length ? [field('account', account, 'whole')] : []), field('symbol', symbol), field('orderType', type), field('quantity', quantity), field('price', price),
    field('timeInForce', force), element('p', 'soft whole', t('orderNote')), error, actions);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    place.disabled = true;
    try {
      const { sequence } = await request('admin_command', { action: 'submit_order', symbol: symbol.value, side, orderType: type.value, quantity: quantity.value.replace(mark, '.'),
        timeInForce: force.value, ...(account.value ? { account: account.value } : {}), ...(price.disabled ? {} : { price: price.value.replace(mark, '.') }) });
      const late = setTimeout(() => { error.textContent = t('unconfirmed'); }, LATE_MS);
      const told = await outcome(sequence);
      clearTimeout(late);
      if (told.status === 'rejected') {
        error.textContent = t('commandFailed', t('refusal'), alertText({ code: told.code, text: told.reason }));
        place.disabled = false;
        return;
      }
      toast(t('placed'));
      dialog.close();
    } catch (refusal) {
      error.textContent = refusal.code === 'unknown_type' ? t('notServed', t('manualOrders')) : formError(refusal);
      place.disabled = false;
    }
  });
  dialog.append(element('h2', '', t('newOrder')), form);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  quantity.focus();
}

/** Stops everything, or lets it go again, after a question. */
export async function pressKillSwitch(request, isOn) {
  const answer = await ask({ title: t('killSwitch'), text: t('killSwitchText'), cancel: t('cancel'),
    answers: [...(isOn ? [['off', t('killSwitchOff'), '']] : []), ['on', t('killSwitchOn'), 'danger solid']] });
  if (!answer) return;
  try {
    await request('admin_command', { action: `kill_switch_${answer}` });
  } catch (refusal) {
    toast(refusal.code === 'unknown_type' ? t('notServed', t('killSwitches')) : refusalText(refusal), true);
  }
}
