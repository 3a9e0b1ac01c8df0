import { Connection } from './connection.js';
import { Bots, Events, Fills, Health, Markets, Orders, Positions } from './views.js';

const TOKEN_KEY = 'lockstep.token';
const THEME_KEY = 'lockstep.theme';
const STATE_TEXT = { connecting: 'connecting', open: 'live', reconnecting: 'reconnecting', closed: 'not connected' };
const byId = id => document.getElementById(id);

let connection = null;
const markets = new Markets();
const bots = new Bots((bot, action) => connection.request('bot_command', { bot, action }));
const fills = new Fills();
const orders = new Orders();
const positions = new Positions();
const events = new Events();
const health = new Health();

const sinks = {
  'market-data': data => markets.update(data),
  'bot-status': data => bots.update(data),
  'trades': data => fills.add(data),
  'orders': data => orders.add(data),
  'positions': data => positions.update(data),
  'signals': data => events.add('signals', data),
  'alerts': data => events.add('alerts', data),
  'system-health': data => health.update(data),
  'time-sync': data => health.clock(data),
};

function showState(state, detail) {
  byId('light').dataset.state = state;
  byId('link-text').textContent = STATE_TEXT[state] + (detail ? ' ' + detail : '');
  document.body.classList.toggle('stale', state !== 'open');
}

function connect(token) {
  if (connection) connection.close();
  byId('sign-in-error').textContent = '';
  connection = new Connection(token, {
    state: showState,
    connected: data => {
      sessionStorage.setItem(TOKEN_KEY, token);
      byId('sign-in').hidden = true;
      byId('desk').hidden = false;
      byId('totals').hidden = false;
      byId('sign-out').hidden = false;
      byId('user').textContent = data.user;
      byId('role').textContent = data.role;
      byId('role').hidden = false;
      bots.allow(data.role !== 'viewer');
    },
    data: (channel, data) => { if (sinks[channel] && !data.skipped) sinks[channel](data); },
    error: error => { byId('bot-error').textContent = error.message; },
    // Another journal, or one that no longer holds what was missed: what is on screen does not belong together.
    lost: () => location.reload(),
    refused: (code, reason) => signOut(reason),
  });
  connection.subscribe('market-data', { symbol: '*' });
  connection.subscribe('bot-status');
  connection.subscribe('positions');
  connection.subscribe('system-health', { conflateMs: 1000 });
  connection.subscribe('time-sync', { conflateMs: 1000 });
  for (const channel of ['trades', 'orders', 'signals', 'alerts']) connection.subscribe(channel, {}, true);
}

function signOut(reason) {
  sessionStorage.removeItem(TOKEN_KEY);
  if (connection) connection.close();
  connection = null;
  showState('closed', '');
  byId('desk').hidden = true;
  byId('totals').hidden = true;
  byId('sign-out').hidden = true;
  byId('role').hidden = true;
  byId('user').textContent = '';
  byId('sign-in').hidden = false;
  byId('sign-in-error').textContent = reason ? 'Signed out: ' + reason + '.' : '';
  byId('token').focus();
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem(THEME_KEY, name);
}

theme(localStorage.getItem(THEME_KEY) || (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'));
byId('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme === 'light' ? 'dark' : 'light'));
byId('sign-out').addEventListener('click', () => signOut(''));
byId('sign-in-form').addEventListener('submit', event => {
  event.preventDefault();
  const token = byId('token').value.trim();
  byId('token').value = '';
  if (token) connect(token);
});

// A link may carry the token behind the #, which browsers never send to a server; it is taken out of the address at once.
const fromLink = new URLSearchParams(location.hash.slice(1)).get('token');
if (fromLink) history.replaceState(null, '', location.pathname);
const known = fromLink || sessionStorage.getItem(TOKEN_KEY);
if (known) connect(known); else showState('closed', '');
