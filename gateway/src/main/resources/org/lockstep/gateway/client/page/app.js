/** Puts the desk together: one connection, who is signed in, and which data go to which panel. */
import { Desk } from './desk.js';
import { byId, element, setText, toast } from './dom.js';
import { currentLanguage, onLanguage, setLanguage, t, translateDocument, word } from './i18n.js';
import { Light } from './light.js';
import { LockstepClient } from './lockstep-client.js';

const TOKEN_KEY = 'lockstep.token';
const THEME_KEY = 'lockstep.theme';

const light = new Light();
let client = null;
let desk = null;

function signIn(token) {
  setText(byId('sign-in-error'), '');
  if (client) {
    client.renew(token).catch(error => askForToken(error.message));
  } else {
    client = LockstepClient.shared({ token });
    client.on('state', change => onState(change));
    client.on('session', session => onSession(session));
    client.on('lost', () => toast(t('lost'), true));
    light.watch(client);
    desk = new Desk(client);
    onState(client.status);
  }
  sessionStorage.setItem(TOKEN_KEY, token);
}

function onSession(session) {
  byId('sign-in').hidden = true;
  for (const id of ['desk', 'totals', 'sign-out', 'role', 'views']) byId(id).hidden = false;
  setText(byId('user'), session.user);
  setText(byId('role'), word(session.role));
  byId('role').dataset.role = session.role;
  desk.signedIn(session);
}

function onState(change) {
  desk?.connected(change);
  if (change.state !== 'ERROR') return;
  sessionStorage.removeItem(TOKEN_KEY);
  askForToken(change.code === 4010 || change.code === 401 ? t('expired') : t('signedOutBy', change.reason));
}

/** The desk stays as it is behind the question, and goes on where it was. */
function askForToken(reason) {
  setText(byId('sign-in-error'), reason);
  byId('sign-in').hidden = false;
  byId('token').focus();
}

function signOut() {
  sessionStorage.removeItem(TOKEN_KEY);
  client?.close();
  location.replace(location.pathname);
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem(THEME_KEY, name);
  desk?.restyle();
}

function speak() {
  setText(byId('language'), currentLanguage() === 'en' ? 'PT' : 'EN');
  const codes = ['lockstep token --user NAME --role ROLE --config FILE', '--dir DIR', '--config FILE'];
  const texts = t('signInHint', '\u0000', '\u0000', '\u0000').split('\u0000');
  byId('sign-in-hint').replaceChildren(...texts.flatMap((text, i) => (i < codes.length ? [text, element('code', '', codes[i])] : [text])));
  if (client?.session) setText(byId('role'), word(client.session.role));
}

theme(localStorage.getItem(THEME_KEY) ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'));
onLanguage(speak);
translateDocument();
speak();
byId('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme === 'light' ? 'dark' : 'light'));
byId('language').addEventListener('click', () => setLanguage(currentLanguage() === 'en' ? 'pt-BR' : 'en'));
byId('sign-out').addEventListener('click', signOut);
byId('sign-in-form').addEventListener('submit', event => {
  event.preventDefault();
  const token = byId('token').value.trim();
  byId('token').value = '';
  if (token) signIn(token);
});
byId('views').addEventListener('click', event => {
  const view = event.target.dataset.view;
  if (!view) return;
  document.body.dataset.view = view;
  for (const other of byId('views').children) other.toggleAttribute('aria-current', other === event.target);
  event.target.setAttribute('aria-current', 'page');
  scrollTo(0, 0);
});

// A link may carry the token behind the #, which browsers never send to a server; it is taken out of the address at once.
const fromLink = new URLSearchParams(location.hash.slice(1)).get('token');
if (fromLink) history.replaceState(null, '', location.pathname);
const known = fromLink ?? sessionStorage.getItem(TOKEN_KEY);
if (known) {
  byId('sign-in').hidden = true;
  signIn(known);
} else {
  byId('token').focus();
}
