'use strict';

/*
 * Joins a room of the chat with a client of this folder: `node visitor.cjs CLIENT PORT NAME ROOM`. Sends each line of its
 * standard input as a message, and prints `joined` and then all received messages, including its own.
 */

const { createInterface } = require('node:readline');

const [client, port, name, room] = process.argv.slice(2);
const print = (line) => process.stdout.write(`${line}\n`);

visit().catch((error) => {
	process.stderr.write(`${client}: ${error.stack}\n`);
	process.exit(1);
});

async function visit() {
	const { inbox, request, notify } = await require(`./clients/${client}.cjs`)(Number(port));
	await request('room.join', { name, room });
	print('joined');
	createInterface({ input: process.stdin }).on('line', (content) => notify('room.message', { name, content }));
	inbox.forward('onMessage', (message) => print(`${message.name}: ${message.content}`));
	inbox.forward('closed', () => process.exit(1));
}
