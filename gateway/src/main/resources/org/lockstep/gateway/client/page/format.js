/** Text for people from the decimal strings of the protocol; nothing here loses a digit that matters on screen. */

/** Cuts trailing zeros down to `least` decimals and groups thousands. */
export function decimal(text, least = 2, most = 12) {
  if (text === undefined || text === null) return '–';
  let [whole, part = ''] = String(text).split('.');
  const sign = whole.startsWith('-') ? '−' : '';
  whole = whole.replace('-', '').replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  part = part.slice(0, most).replace(/0+$/, '');
  while (part.length < least) part += '0';
  return sign + whole + (part ? '.' + part : '');
}

export function money(text) {
  if (text === undefined || text === null) return '–';
  const value = Number(text);
  const places = Math.abs(value) >= 1 || value === 0 ? 2 : 4;
  return (value > 0 ? '+' : value < 0 ? '−' : '') +
    Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places }).replace(/,/g, '\u202f');
}

export function plainMoney(text) {
  return money(text).replace('+', '');
}

export function tone(text) {
  const value = Number(text);
  return value > 0 ? 'up' : value < 0 ? 'down' : '';
}

export function percent(open, last) {
  const from = Number(open);
  if (!from || last === undefined) return null;
  return (Number(last) - from) / from * 100;
}

export function short(value) {
  const number = Number(value);
  if (!Number.isFinite(number)) return '–';
  const units = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k']];
  for (const [size, unit] of units) {
    if (Math.abs(number) >= size) return (number / size).toFixed(number / size >= 100 ? 0 : 1) + unit;
  }
  return Number.isInteger(number) || number >= 100 ? number.toFixed(0) : number.toFixed(2);
}

export function count(value) {
  return value === undefined ? '–' : String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

export function nanos(value, samples) {
  if (!samples) return '–';
  if (value < 1e3) return value + ' ns';
  if (value < 1e6) return (value / 1e3).toFixed(value < 1e4 ? 1 : 0) + ' µs';
  if (value < 1e9) return (value / 1e6).toFixed(value < 1e7 ? 1 : 0) + ' ms';
  return (value / 1e9).toFixed(1) + ' s';
}

export function time(ms) {
  return new Date(ms).toLocaleTimeString('en-GB', { hour12: false });
}

/** 'partiallyFilled' reads 'partially filled'. */
export function words(code) {
  return code ? String(code).replace(/([A-Z])/g, ' $1').toLowerCase() : '–';
}
