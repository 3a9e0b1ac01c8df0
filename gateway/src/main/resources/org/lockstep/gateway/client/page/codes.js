/** What the engine says of refusals and alerts, by its stable codes; its own words are English. */
import { currentLanguage } from './i18n.js';

/** Refusals and limits say all with their code. */
const REFUSALS = {
  100: 'o ativo não está definido', 101: 'o ativo não está em negociação',
  102: 'o preço deve ser positivo em ordem limitada e 0 a mercado', 103: 'a quantidade deve ser positiva',
  104: 'o preço não é múltiplo do passo de preço', 105: 'a quantidade não é múltipla do lote',
  106: 'quantidade abaixo do mínimo do ativo', 107: 'quantidade acima do máximo do ativo', 108: 'valor abaixo do mínimo do ativo',
  109: 'tipo de ordem ou validade impossível', 110: 'valor ou posição resultante fora do que o sistema comporta',
  111: 'o preço de disparo deve ser múltiplo positivo do passo em ordens stop, e 0 nas demais',
  120: 'os parâmetros da ordem composta não combinam',
  200: 'quantidade acima do limite do robô', 201: 'valor da ordem acima do limite do robô',
  202: 'a posição com as ordens abertas passaria do limite do robô', 203: 'a exposição com as ordens abertas passaria do limite do robô',
  204: 'ordens abertas demais para o limite do robô', 205: 'preço longe demais do mercado', 206: 'ritmo de ordens acima do limite do robô',
  207: 'a perda do dia chegou ao limite do robô', 208: 'a queda desde o pico chegou ao limite do robô',
  209: 'quantidade muitas vezes maior que a habitual do robô',
  250: 'quantidade acima do limite da conta', 251: 'valor da ordem acima do limite da conta',
  252: 'a posição com as ordens abertas passaria do limite da conta', 253: 'a exposição com as ordens abertas passaria do limite da conta',
  254: 'ordens abertas demais para o limite da conta', 255: 'preço longe demais do mercado para a conta',
  256: 'ritmo de ordens acima do limite da conta', 257: 'a perda do dia chegou ao limite da conta',
  258: 'a queda desde o pico chegou ao limite da conta', 259: 'posições e ordens abertas com esta excedem os fundos da conta',
  260: 'a conta tem menos para vender e não pode vender a descoberto', 261: 'quantidade muitas vezes maior que a habitual da conta',
  262: 'a ordem negociaria com outra da mesma conta',
  300: 'dados de mercado atrasados', 301: 'ainda não há preço de mercado',
  400: 'identificador de ordem já usado', 401: 'o robô não está ativo', 402: 'o robô não está definido', 403: 'a conta não está definida',
  404: 'ordem desconhecida', 405: 'a ordem já terminou', 406: 'há um pedido em curso para a ordem', 407: 'a ordem é de outro robô',
  408: 'o ativo não está entre os do robô', 409: 'acabaram os identificadores de ordem desta sessão', 410: 'a sessão não começou',
  411: 'a sessão está terminando', 412: 'conta e ativo são de corretoras diferentes', 413: 'o ativo é cotado em moeda diferente da conta',
  414: 'a sessão da conta com a corretora não está ao vivo', 415: 'a ordem foi alterada vezes demais; cancele e envie outra',
  430: 'a posição está sendo fechada', 431: 'a ordem de fechamento não reduz a posição',
  500: 'a parada geral está ativa', 501: 'a parada da conta está ativa', 502: 'o robô está encerrado',
  600: 'um controle de risco falhou; na dúvida, recusada', 601: 'a tabela de ordens está cheia', 602: 'temporizadores demais, ou prazo não positivo',
  603: 'a saída de ordens está cheia', 604: 'o limite de pedidos ou ordens da corretora não deixa espaço', 605: 'não pôde ser enviada à corretora',
  620: 'há ordens compostas demais',
  700: 'a ordem só passiva tomaria liquidez', 701: 'a quantidade alterada já foi executada', 702: 'o preço de disparo dispararia na hora',
  703: 'ordem de uma lista não pode ser alterada',
};

/** Alerts carry names and figures: their code says what they are about, the engine's words go after it. */
const ALERTS = {
  1000: 'robô com falha', 1001: 'robô encerrado', 1002: 'parada', 1003: 'comando recusado', 1004: 'execução tardia',
  1005: 'ordem desconhecida', 1006: 'contradição da corretora', 1007: 'limites alterados', 1008: 'fonte de dados',
  1009: 'posição fechada', 1010: 'ordem composta com falha', 1011: 'posição protegida', 1020: 'conta', 1021: 'conciliação',
  1022: 'ordens deixadas na corretora',
};

/** Text of an alert or refusal in the page's language, the engine's own where there is none. */
export function alertText({ code, text = '' }) {
  if (currentLanguage() !== 'pt-BR') return text;
  return REFUSALS[code] ?? (code in ALERTS ? `${ALERTS[code]}: ${text}` : text);
}
