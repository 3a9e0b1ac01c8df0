/** Text for people from the decimal strings of the protocol; nothing here loses a digit that matters on screen. */
import { currentLanguage } from './i18n.js';

const NARROW = '\u202f';
const MINUS = '\u2212';
const separators = () => currentLanguage() === 'pt-BR' ? ['.', ','] : [NARROW, '.'];

/** What stands before the decimals. */
export const decimalMark = () => separators()[1];

function grouped(whole) {
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, separators()[0]);
}

function joined(isNegative, whole, part) {
  const isZero = !/[1-9]/.test(whole + part);
  return (isNegative && !isZero ? MINUS : '') + grouped(whole) + (part ? separators()[1] + part : '');
}

/** Cuts trailing zeros down to `least` decimals. */
export function decimal(text, least = 2, most = 12) {
  if (text === undefined || text === null || text === '') return '–';
  const [whole, part = ''] = String(text).split('.');
  const shown = part.slice(0, most).replace(/0+$/, '').padEnd(least, '0');
  return joined(whole.startsWith('-'), whole.replace('-', ''), shown);
}

/** Exactly so many decimals, rounded. */
export function fixed(value, places) {
  const number = Number(value);
  if (!Number.isFinite(number)) return '–';
  const [whole, part = ''] = Math.abs(number).toFixed(places).split('.');
  return joined(number < 0, whole, part);
}

/** Decimals a price string carries once trailing zeros are gone, at least two. */
export function placesOf(text) {
  return Math.max(2, (String(text ?? '').split('.')[1] ?? '').replace(/0+$/, '').length);
}

const quantityPlaces = new Map();

/** A quantity with as many decimals as any before it of the same symbol has needed, so that columns stay aligned. */
export function quantity(symbol, text) {
  const needed = (String(text ?? '').split('.')[1] ?? '').replace(/0+$/, '').length;
  const places = Math.max(quantityPlaces.get(symbol) ?? 0, Math.min(needed, 8));
  quantityPlaces.set(symbol, places);
  return decimal(text, places);
}

/** An amount with its sign: always two decimals, so that columns stay aligned; what rounds to nothing has no sign. */
export function money(value) {
  if (value === undefined || value === null || value === '') return '–';
  const text = fixed(value, 2);
  return Number(value) > 0 && /[1-9]/.test(text) ? '+' + text : text;
}

export function plainMoney(value) {
  return value === undefined || value === null || value === '' ? '–' : fixed(value, 2);
}

/** 'up', 'down' or nothing, by what is shown: 0.00 is neither, whatever was rounded away. */
export function tone(value, places = 2) {
  const rounded = Number(Number(value ?? 0).toFixed(places));
  return rounded > 0 ? 'up' : rounded < 0 ? 'down' : '';
}

export function percentOf(from, to) {
  const start = Number(from);
  return !start || to === undefined ? null : (Number(to) - start) / start * 100;
}

export function percent(value, places = 2) {
  if (value === null || value === undefined || !Number.isFinite(Number(value))) return '–';
  const text = fixed(value, places);
  return (Number(value) > 0 && /[1-9]/.test(text) ? '+' : '') + text + NARROW + '%';
}

/** Of what has no direction. */
export function plainPercent(value, places = 2) {
  return percent(value, places).replace('+', '');
}

export function short(value) {
  const number = Number(value);
  if (value === undefined || value === null || !Number.isFinite(number)) return '–';
  for (const [size, unit] of [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k']]) {
    if (Math.abs(number) >= size) return fixed(number / size, Math.abs(number / size) >= 100 ? 0 : 1) + NARROW + unit;
  }
  return Number.isInteger(number) || Math.abs(number) >= 100 ? fixed(number, 0) : fixed(number, 2);
}

export function count(value) {
  return value === undefined || value === null ? '–' : grouped(String(value));
}

export function nanos(value, samples = 1) {
  if (!samples || value === undefined) return '–';
  if (value < 1e3) return value + NARROW + 'ns';
  if (value < 1e6) return fixed(value / 1e3, value < 1e4 ? 1 : 0) + NARROW + 'µs';
  if (value < 1e9) return fixed(value / 1e6, value < 1e7 ? 1 : 0) + NARROW + 'ms';
  return fixed(value / 1e9, 1) + NARROW + 's';
}

/** An age as a trader reads it: 0.2 s, 34 s, 5 min, 2 h. */
export function age(ms) {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 10_000) return fixed(Math.max(0, ms) / 1000, 1) + NARROW + 's';
  if (ms < 120_000) return Math.round(ms / 1000) + NARROW + 's';
  if (ms < 7_200_000) return Math.round(ms / 60_000) + NARROW + 'min';
  return Math.round(ms / 3_600_000) + NARROW + 'h';
}

/** A time of today, or of another day with its date. */
export function moment(ms) {
  const isToday = new Date(ms).toDateString() === new Date().toDateString();
  return isToday ? time(ms) : new Date(ms).toLocaleDateString('en-GB', { day: '2-digit', month: '2-digit' }) + ' ' + time(ms).slice(0, 5);
}

export function time(ms) {
  return new Date(ms).toLocaleTimeString('en-GB', { hour12: false });
}
