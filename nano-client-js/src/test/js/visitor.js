/*
 * A program that is told by its standard input what to do with a client, and tells what happened. It ends by itself
 * when nothing is left to do, so a timer or a socket that was forgotten keeps it alive.
 */

import { createInterface } from 'node:readline';

import { WebSocket } from 'ws';

import { NanoClient } from '../../main/resources/META-INF/resources/nano/client.js';

const client = new NanoClient(process.argv[2], {
	WebSocket, requestTimeout: 100_000, reconnectDelay: 5, maxReconnectDelay: 10, offlineQueue: 10
});

const tell = (...words) => console.log(words.join(' '));
const input = createInterface({ input: process.stdin });

client.onState(({ state }) => tell(state));
client.on('onMessage', (n) => tell('push', n));

const commands = {
	connect: () => client.connect(),
	request: () => client.request('any.thing').then(() => tell('answer'), ({ code }) => tell(code)),
	close: () => {
		client.close();
		input.close();
		process.stdin.destroy();
	}
};

input.on('line', (command) => commands[command]());
