/**
 * What the engine says of refusals and alerts, in Portuguese. Its sentences come in English, with a stable code: the code
 * tells what they are about, the pattern of the sentence which names and figures it carries.
 */

/** Refusals and limits by their code: the engine's words, and ours. */
const REFUSALS = {
  100: ['instrument is not defined', 'o ativo não está definido'],
  101: ['instrument is not trading', 'o ativo não está em negociação'],
  102: ['price must be positive for a limit order and 0 for a market order', 'o preço deve ser positivo em ordem limitada e 0 a mercado'],
  103: ['quantity must be positive', 'a quantidade deve ser positiva'],
  104: ['price is not a multiple of the tick size', 'o preço não é múltiplo do passo de preço'],
  105: ['quantity is not a multiple of the lot size', 'a quantidade não é múltipla do lote'],
  106: ["quantity is below the instrument's minimum", 'quantidade abaixo do mínimo do ativo'],
  107: ["quantity is above the instrument's maximum", 'quantidade acima do máximo do ativo'],
  108: ["notional is below the instrument's minimum", 'valor abaixo do mínimo do ativo'],
  109: ['order type or time in force is not possible', 'tipo de ordem ou validade impossível'],
  110: ['notional or resulting position is out of the range of money', 'valor ou posição resultante fora do que o sistema comporta'],
  111: ['stop price must be a positive multiple of the tick for a stop type, and 0 for others', 'o preço de disparo deve ser múltiplo positivo do passo em ordens stop, e 0 nas demais'],
  120: ['parameters of the emulated order do not fit together', 'os parâmetros da ordem composta não combinam'],
  200: ["order quantity exceeds the bot's limit", 'quantidade acima do limite do robô'],
  201: ["order notional exceeds the bot's limit", 'valor da ordem acima do limite do robô'],
  202: ["position including open orders would exceed the bot's limit", 'a posição com as ordens abertas passaria do limite do robô'],
  203: ["exposure including open orders would exceed the bot's limit", 'a exposição com as ordens abertas passaria do limite do robô'],
  204: ["open orders exceed the bot's limit", 'ordens abertas demais para o limite do robô'],
  205: ['price is too far from the market', 'preço longe demais do mercado'],
  206: ["order rate exceeds the bot's limit", 'ritmo de ordens acima do limite do robô'],
  207: ["daily loss reached the bot's limit", 'a perda do dia chegou ao limite do robô'],
  208: ["drawdown from peak reached the bot's limit", 'a queda desde o pico chegou ao limite do robô'],
  209: ["order quantity is too many times the bot's usual one", 'quantidade muitas vezes maior que a habitual do robô'],
  250: ["order quantity exceeds the account's limit", 'quantidade acima do limite da conta'],
  251: ["order notional exceeds the account's limit", 'valor da ordem acima do limite da conta'],
  252: ["position including open orders would exceed the account's limit", 'a posição com as ordens abertas passaria do limite da conta'],
  253: ["exposure including open orders would exceed the account's limit", 'a exposição com as ordens abertas passaria do limite da conta'],
  254: ["open orders exceed the account's limit", 'ordens abertas demais para o limite da conta'],
  255: ['price is too far from the market for the account', 'preço longe demais do mercado para a conta'],
  256: ["order rate exceeds the account's limit", 'ritmo de ordens acima do limite da conta'],
  257: ["daily loss reached the account's limit", 'a perda do dia chegou ao limite da conta'],
  258: ["drawdown from peak reached the account's limit", 'a queda desde o pico chegou ao limite da conta'],
  259: ["positions and open orders with this one exceed what the account's funds carry", 'posições e ordens abertas com esta excedem os fundos da conta'],
  260: ['account has less to sell and may not sell short', 'a conta tem menos para vender e não pode vender a descoberto'],
  261: ["order quantity is too many times the account's usual one", 'quantidade muitas vezes maior que a habitual da conta'],
  262: ['order would trade with an open order of its own account', 'a ordem negociaria com outra da mesma conta'],
  300: ['market data is stale', 'dados de mercado atrasados'],
  301: ['there is no market price yet', 'ainda não há preço de mercado'],
  400: ['client order id was used before', 'identificador de ordem já usado'],
  401: ['bot is not running', 'o robô não está ativo'],
  402: ['bot is not defined', 'o robô não está definido'],
  403: ['account is not defined', 'a conta não está definida'],
  404: ['order is not known', 'ordem desconhecida'],
  405: ['order has ended', 'a ordem já terminou'],
  406: ['a request for the order is in flight', 'há um pedido em curso para a ordem'],
  407: ['order belongs to another bot', 'a ordem é de outro robô'],
  408: ["instrument is not among the bot's symbols", 'o ativo não está entre os do robô'],
  409: ['no order ids are left in this session', 'acabaram os identificadores de ordem desta sessão'],
  410: ['session has not started', 'a sessão não começou'],
  411: ['session is stopping', 'a sessão está terminando'],
  412: ['account and instrument belong to different venues', 'conta e ativo são de corretoras diferentes'],
  413: ["instrument is quoted in another asset than the account's", 'o ativo é cotado em moeda diferente da conta'],
  414: ["account's session with the venue is not live", 'a sessão da conta com a corretora não está ao vivo'],
  415: ['order was replaced too often; cancel it and send a new one', 'a ordem foi alterada vezes demais; cancele e envie outra'],
  430: ['position is being closed', 'a posição está sendo fechada'],
  431: ['closing order does not reduce the position', 'a ordem de fechamento não reduz a posição'],
  500: ['kill switch is on', 'a parada geral está ativa'],
  501: ['kill switch of the account is on', 'a parada da conta está ativa'],
  502: ['bot is killed', 'o robô está encerrado'],
  600: ['a risk check failed; failing closed', 'um controle de risco falhou; na dúvida, recusada'],
  601: ['order table is full', 'a tabela de ordens está cheia'],
  602: ['too many timers or no positive delay', 'temporizadores demais, ou prazo não positivo'],
  620: ['there are too many emulated orders', 'há ordens compostas demais'],
  603: ['order port is full', 'a saída de ordens está cheia'],
  604: ["the venue's request or order limit leaves no room", 'o limite de pedidos ou ordens da corretora não deixa espaço'],
  605: ['could not be sent to the venue', 'não pôde ser enviada à corretora'],
  700: ['post-only order would take liquidity', 'a ordem só passiva tomaria liquidez'],
  701: ['replaced quantity was executed already', 'a quantidade alterada já foi executada'],
  702: ['stop price would trigger at once', 'o preço de disparo dispararia na hora'],
  703: ['an order of a list cannot be replaced', 'ordem de uma lista não pode ser alterada'],
};

/** What an alert is about, for sentences that are not below. */
const ALERTS = {
  1000: 'robô com falha', 1001: 'robô encerrado', 1002: 'parada', 1003: 'comando recusado', 1004: 'execução tardia',
  1005: 'ordem desconhecida', 1006: 'contradição da corretora', 1007: 'limites alterados', 1008: 'fonte de dados',
  1009: 'posição fechada', 1010: 'ordem composta com falha', 1011: 'posição protegida', 1020: 'conta', 1021: 'conciliação',
  1022: 'ordens deixadas na corretora',
};

/**
 * The sentences of alerts. {0} is taken over as it is, {0:} is said in Portuguese if it can be. The first that fits
 * counts, so that the longer ones of two come first.
 */
const SENTENCES = [
  ['bot {0} failed: {1} threw {2}', 'robô {0} falhou: {1} lançou {2}'],
  ['{0} threw {1}', '{0} lançou {1}'],
  ['bot {0} killed: {1:}', 'robô {0} encerrado: {1}'],
  ['kill switch of everything on, closing positions, by {0}', 'parada geral ativada por {0}, fechando as posições'],
  ['kill switch of everything on by {0}', 'parada geral ativada por {0}'],
  ['kill switch of everything off by {0}', 'parada geral liberada por {0}'],
  ['kill switch of account {0} on, closing positions, by {1}', 'parada da conta {0} ativada por {1}, fechando as posições'],
  ['kill switch of account {0} on by {1}', 'parada da conta {0} ativada por {1}'],
  ['kill switch of account {0} off by {1}', 'parada da conta {0} liberada por {1}'],
  ['kill switch of bot {0} off by {1}', 'parada do robô {0} liberada por {1}'],
  ['account {0} stopped: {1:}', 'conta {0} parada: {1}'],
  ['start of {0} refused: {1:}', 'início de {0} recusado: {1}'],
  ['{0:} refused: {1:} (request {2})', '{0} recusado: {1} (pedido {2})'],
  ['{0:} refused: {1:}', '{0} recusado: {1}'],
  ['execution of order {0} after it had ended; position includes it', 'execução da ordem {0} depois de terminada; a posição já a inclui'],
  ['execution of an order that is not known: {0}', 'execução de uma ordem desconhecida: {0}'],
  ['report about an order that is not known: {0}', 'aviso sobre uma ordem desconhecida: {0}'],
  ['the venue has order {0} open that this journal has lost; cancelling it', 'a corretora tem aberta a ordem {0}, que este diário perdeu; cancelando'],
  ['report {0} contradicts order {1} in {2}', 'o aviso {0} contradiz a ordem {1} em {2}'],
  ['limits of {0} changed: {1}', 'limites de {0} alterados: {1}'],
  ['feed of {0} is {1:}: {2}', 'fonte de {0} {1}: {2}'],
  ['position of {0} in {1} is closed', 'posição de {0} em {1} fechada'],
  ['position of {0} in {1} is still open after {2} attempts; trying on', 'posição de {0} em {1} ainda aberta após {2} tentativas; continua tentando'],
  ['position of {0} in {1} cannot be closed: {2:}', 'posição de {0} em {1} não pode ser fechada: {2}'],
  ['{0:} {1} failed: {2:}', '{0} {1} falhou: {2}'],
  ['{0:} of {1} in {2}: price {3}, position {4}', '{0} de {1} em {2}: preço {3}, posição {4}'],
  ['account {0} stops while the outcome of {1} orders is not known: {2} and others; the next start asks about them',
    'a conta {0} para sem saber o que houve com {1} ordens: {2} e outras; o próximo início pergunta por elas'],
  ['account {0} stops while the outcome of {1} orders is not known: {2}; the next start asks about them',
    'a conta {0} para sem saber o que houve com {1} ordens: {2}; o próximo início pergunta por elas'],
  ['account {0} stops with {1} orders open at the venue', 'a conta {0} para com {1} ordens abertas na corretora'],
  ['account {0} is {1:}: {2}', 'conta {0} {1}: {2}'],
  ['account {0} is {1:}', 'conta {0} {1}'],
  ['account {0}: {1}', 'conta {0}: {1}'],
  ['a fee of {0} has no price in {1} here and is left out of profit and loss', 'a taxa de {0} não tem preço em {1} aqui e fica fora do resultado'],
  ['the venue denies order {0} it had acknowledged', 'a corretora nega a ordem {0} que tinha confirmado'],
  ['is {0:}, not {1:}', 'está {0}, não {1}'],
];

/** Parts of sentences. */
const PHRASES = {
  'stop-loss': 'stop de perda', 'take-profit': 'realização de lucro', 'time stop': 'saída por tempo',
  'kill switch': 'parada geral', 'kill switch is on': 'a parada geral está ativa', paused: 'pausado', 'stopped by client': 'parado pelo cliente',
  'neither bot nor account is defined': 'nem robô nem conta estão definidos', 'manual orders cannot be steered': 'ordens manuais não se comandam',
  'is stopping; start it when it has stopped': 'está parando; inicie quando tiver parado', 'the name manual is taken by manual orders': 'o nome manual é das ordens manuais',
  CONNECTED: 'ao vivo', STALE: 'atrasada', GAP: 'com lacuna', RESYNC: 'em ressincronia', POLLING: 'em consulta',
  CONNECTING: 'conectando', AUTHENTICATING: 'autenticando', RECONCILING: 'conciliando', LIVE: 'ao vivo', RECONNECTING: 'reconectando', REFUSED: 'recusada', STOPPED: 'parada',
  DEFINED: 'definido', RUNNING: 'ativo', PAUSED: 'pausado', STOPPING: 'parando', FAILED: 'com falha', KILLED: 'encerrado',
  STOP: 'stop', TAKE_PROFIT: 'realização de lucro', TRAILING_STOP: 'stop móvel', OCO: 'OCO', BRACKET: 'ordem com proteção', ICEBERG: 'iceberg', TWAP: 'TWAP',
  DEFINE_BOT: 'definir', START_BOT: 'iniciar', PAUSE_BOT: 'pausar', RESUME_BOT: 'retomar', STOP_BOT: 'parar', KILL_BOT: 'encerrar', SET_LIMITS: 'mudar limites',
  SUBMIT_ORDER: 'enviar ordem', CANCEL_ORDER: 'cancelar ordem', KILL_SWITCH_ON: 'parada geral', KILL_SWITCH_OFF: 'liberar a parada', DEFINE_ACCOUNT: 'definir conta',
  SUBSCRIBE_INSTRUMENT: 'assinar ativo', UNSUBSCRIBE_INSTRUMENT: 'deixar ativo', REPLACE_ORDER: 'alterar ordem', CANCEL_ALL: 'cancelar tudo',
  CANCEL_ALGO: 'cancelar ordem composta', RECONCILE: 'conciliar',
};

const SAID = new Map([...Object.values(REFUSALS), ...Object.entries(PHRASES)]);
const PATTERNS = SENTENCES.map(([english, portuguese]) => [
  new RegExp('^' + english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d:?\}/g, '(.+?)') + '$', 's'),
  [...english.matchAll(/\{\d(:?)\}/g)].map(([, mark]) => mark !== ''),
  portuguese,
]);

/** A sentence of the engine's in Portuguese, or nothing when it is none of those known here. */
export function sentence(text) {
  if (SAID.has(text)) return SAID.get(text);
  for (const [pattern, areSaid, portuguese] of PATTERNS) {
    const values = pattern.exec(text)?.slice(1);
    if (values) return portuguese.replace(/\{(\d)\}/g, (_, index) => (areSaid[index] ? part(values[index]) : values[index]));
  }
  return undefined;
}

/** A command is named with the bot it is for. */
function part(text) {
  const [first, ...rest] = text.split(' ');
  return sentence(text) ?? (rest.length === 1 && first in PHRASES ? `${PHRASES[first]} ${rest[0]}` : text);
}

/** An alert or refusal in Portuguese; the engine's own words after what it is about when the sentence is not known. */
export function inPortuguese({ code, text = '' }) {
  return sentence(text) ?? REFUSALS[code]?.[1] ?? (code in ALERTS ? `${ALERTS[code]}: ${text}` : text);
}
