/** The language of the page: words by key, numbers in the language's habit, and the static text in the document. */
import { WORDS } from './words.js';

const KEY = 'lockstep.language';
/** Values of the protocol that are also something else on the page. */
const VALUES = { expired: 'expiredOrder', filled: 'filledOrder', rejected: 'rejectedOrder', live: 'liveSession',
  loading: 'loadingSession', connecting: 'connectingSession' };
/** What a page alone finds out is called otherwise in its words. */
const REFUSALS = new Set(['busy', 'unavailable', 'unconfirmed', 'forbidden', 'unknown_bot', 'duplicate_id', 'rate_limited', 'unanswered', 'dropped']);
const listeners = new Set();
let language = localStorage.getItem(KEY) ?? (navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en');
if (!(language in WORDS)) language = 'en';

export const currentLanguage = () => language;

/** Text of a key with {0}, {1} ... filled in. */
export function t(key, ...values) {
  const text = WORDS[language][key];
  return text === undefined ? readable(key) : text.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '');
}

/** Text of a value of the protocol, as it is when there is no word for it. */
export function word(code) {
  return code === null || code === undefined || code === '' ? '–' : t(VALUES[code] ?? code);
}

/** Why something was refused: in the page's words when they say all, else in the gateway's. */
export function refusalText({ code, message }) {
  if (code === 'offline' || code === 'closed') return t('gone');
  return REFUSALS.has(code) ? t(code) : message;
}

/** 'partiallyFilled' reads 'partially filled'. */
function readable(code) {
  return String(code).replace(/([A-Z])/g, ' $1').toLowerCase();
}

export function setLanguage(next) {
  language = next in WORDS ? next : 'en';
  localStorage.setItem(KEY, language);
  translateDocument();
  listeners.forEach(listener => listener(language));
}

export function onLanguage(listener) {
  listeners.add(listener);
}

/** Gives an element other words, in this language and the next. */
export function say(node, key) {
  node.dataset.t = key;
  if (node.textContent !== t(key)) node.textContent = t(key);
}

/** Elements say by data-t what they read, by data-t-label and data-t-title what their attributes do. */
export function translateDocument(root = document) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll('[data-t-label]')) node.setAttribute('aria-label', t(node.dataset.tLabel));
  for (const node of root.querySelectorAll('[data-t-title]')) node.title = t(node.dataset.tTitle);
}
