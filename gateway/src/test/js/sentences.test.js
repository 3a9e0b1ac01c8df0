// What the engine says, as it says it, and what a page in Portuguese makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPortuguese } from './page/portuguese.js';

const SAID = [
  [1000, 'bot maker-btc failed: onTrade threw IllegalStateException', 'robô maker-btc falhou: onTrade lançou IllegalStateException'],
  [1001, 'bot maker-btc killed: by ann', 'robô maker-btc encerrado: by ann'],
  [207, "bot maker-btc killed: daily loss reached the bot's limit", 'robô maker-btc encerrado: a perda do dia chegou ao limite do robô'],
  [257, "account main stopped: daily loss reached the account's limit", 'conta main parada: a perda do dia chegou ao limite da conta'],
  [1002, 'kill switch of everything on by ann', 'parada geral ativada por ann'],
  [1002, 'kill switch of everything on, closing positions, by ann', 'parada geral ativada por ann, fechando as posições'],
  [1002, 'kill switch of account main off by ann', 'parada da conta main liberada por ann'],
  [1002, 'kill switch of bot maker-btc off by ann', 'parada do robô maker-btc liberada por ann'],
  [1003, 'start of grid-eth refused: kill switch is on', 'início de grid-eth recusado: a parada geral está ativa'],
  [1003, 'START_BOT grid-eth refused: is STOPPING, not PAUSED (request r-1)', 'iniciar grid-eth recusado: está parando, não pausado (pedido r-1)'],
  [1003, 'SUBMIT_ORDER refused: something new', 'enviar ordem recusado: something new'],
  [1004, 'execution of order 42 after it had ended; position includes it', 'execução da ordem 42 depois de terminada; a posição já a inclui'],
  [1005, 'report about an order that is not known: 42', 'aviso sobre uma ordem desconhecida: 42'],
  [1005, 'the venue has order 7 open that this journal has lost; cancelling it', 'a corretora tem aberta a ordem 7, que este diário perdeu; cancelando'],
  [1006, 'report FILLED contradicts order 42 in REJECTED', 'o aviso FILLED contradiz a ordem 42 em REJECTED'],
  [1007, 'limits of maker-btc changed: {limits.maxPosition=2}', 'limites de maker-btc alterados: {limits.maxPosition=2}'],
  [1008, 'feed of binance:BTCUSDT is GAP: ids 4 to 9 are missing', 'fonte de binance:BTCUSDT com lacuna: ids 4 to 9 are missing'],
  [1009, 'position of maker-btc in binance:BTCUSDT is closed', 'posição de maker-btc em binance:BTCUSDT fechada'],
  [1009, 'position of maker-btc in binance:BTCUSDT cannot be closed: quantity must be positive',
    'posição de maker-btc em binance:BTCUSDT não pode ser fechada: a quantidade deve ser positiva'],
  [1010, 'TRAILING_STOP 5 failed: order has ended', 'stop móvel 5 falhou: a ordem já terminou'],
  [1011, 'stop-loss of maker-btc in binance:BTCUSDT: price 64000.10, position 0.5', 'stop de perda de maker-btc em binance:BTCUSDT: preço 64000.10, posição 0.5'],
  [1020, 'account main is LIVE', 'conta main ao vivo'],
  [1020, 'account main is RECONNECTING: connection reset', 'conta main reconectando: connection reset'],
  [1021, 'the venue denies order 42 it had acknowledged', 'a corretora nega a ordem 42 que tinha confirmado'],
  [1022, 'account main stops with 3 orders open at the venue', 'a conta main para com 3 ordens abertas na corretora'],
  [1022, 'account main stops while the outcome of 2 orders is not known: 7, 8; the next start asks about them',
    'a conta main para sem saber o que houve com 2 ordens: 7, 8; o próximo início pergunta por elas'],
];

for (const [code, english, portuguese] of SAID) {
  test(`should say in Portuguese: ${english}`, () => assert.equal(inPortuguese({ code, text: english }), portuguese));
}

test('should say what it is about in front of words it does not know', () => {
  assert.equal(inPortuguese({ code: 1020, text: 'never heard of' }), 'conta: never heard of');
  assert.equal(inPortuguese({ code: 4711, text: 'never heard of' }), 'never heard of');
  assert.equal(inPortuguese({ code: 700, text: 'in whatever words' }), 'a ordem só passiva tomaria liquidez');
  assert.equal(inPortuguese({ text: 'kill switch' }), 'parada geral');
});
