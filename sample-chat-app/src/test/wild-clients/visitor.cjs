'use strict';

/*
 * Visits a room of the chat with a client as published: `node visitor.cjs PORT NAME ROOM`. Says each line of its
 * standard input, and prints `joined` and then the messages it hears, its own too.
 */

const { createInterface } = require('node:readline');

const Pomelo = require('pomelo-nodejsclient-websocket');

const [port, name, room] = process.argv.slice(2);
const silence = () => {};
const pomelo = new Pomelo({ logger: { debug: silence, info: silence, warn: silence, error: silence, trace: silence } });

for (const route of ['onMembers', 'onNewUser', 'onUserLeft', 'onTraffic']) {
	pomelo.on(route, silence); // or it would throw
}
pomelo.on('onMessage', ({ name, content }) => console.log(`${name}: ${content}`));
pomelo.on('close', () => process.exit(1));
pomelo.init({ host: '127.0.0.1', port: Number(port), user: {} }, () => {
	pomelo.request('room.join', { name, room }, () => {
		console.log('joined');
		createInterface({ input: process.stdin }).on('line', (content) => {
			pomelo.notify('room.message', { name, content });
		});
	});
});
