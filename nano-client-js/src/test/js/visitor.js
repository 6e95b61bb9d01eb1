/*
 * A program that reads commands for a client from its standard input and prints events. It ends when nothing is left to
 * do, so that a leaked timer or socket keeps it alive.
 */

import { createInterface } from 'node:readline';

import { WebSocket } from 'ws';

import { NanoClient } from '../../main/resources/META-INF/resources/nano/client.js';

const client = new NanoClient(process.argv[2], {
	WebSocket, requestTimeout: 100_000, reconnectDelay: 5, maxReconnectDelay: 10, offlineQueue: 10
});

const print = (...parts) => console.log(parts.join(' '));
const input = createInterface({ input: process.stdin });

client.onState(({ state }) => print(state));
client.on('onMessage', (n) => print('push', n));

const commands = {
	connect: () => client.connect(),
	request: () => client.request('any.thing').then(() => print('response'), ({ code }) => print(code)),
	close: () => {
		client.close();
		input.close();
		process.stdin.destroy();
	}
};

input.on('line', (command) => commands[command]());
