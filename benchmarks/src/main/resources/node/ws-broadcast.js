// Broadcasts each line of its standard input to all clients; prints its port first. What was read at once is written
// at once: each message is made bytes once, each socket is corked around all of them, and costs one system call.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 1024 });
server.on('listening', () => console.log(server.address().port));

const options = { binary: false };
let rest = '';
process.stdin.setEncoding('latin1');
process.stdin.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    const messages = lines.map((line) => Buffer.from(line, 'latin1'));
    for (const client of server.clients) {
        client._socket.cork();
        for (const message of messages) {
            client.send(message, options);
        }
        client._socket.uncork();
    }
}).on('end', () => process.exit(0));
