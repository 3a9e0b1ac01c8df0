// Broadcasts each line of its standard input to all clients; prints its port first.
import { WebSocketServer } from 'ws';
import readline from 'node:readline';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 1024 });
server.on('listening', () => console.log(server.address().port));
readline.createInterface({ input: process.stdin }).on('line', (line) => {
    for (const client of server.clients) {
        client.send(line);
    }
}).on('close', () => process.exit(0));
