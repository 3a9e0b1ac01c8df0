/** What the engine says of refusals and alerts, in the language of the page; its own words are English. */
import { currentLanguage } from './i18n.js';
import { inPortuguese } from './portuguese.js';

/** Text of an alert or refusal, or of the reason of a bot's state, which has no code. */
export function alertText({ code, text = '' }) {
  return currentLanguage() === 'pt-BR' ? inPortuguese({ code, text }) : text;
}
