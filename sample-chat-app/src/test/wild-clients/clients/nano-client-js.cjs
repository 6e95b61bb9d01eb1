'use strict';

/* The JavaScript client of this project, to chat with the others. */

const WebSocket = require('ws');

const Inbox = require('../inbox.cjs');
const { PUSHES } = require('../pushes.cjs');

const CLIENT = '../../../../../nano-client-js/src/main/resources/META-INF/resources/nano/client.js';

module.exports = async (port) => {
	const { NanoClient } = await import(CLIENT);
	const client = new NanoClient(`ws://127.0.0.1:${port}/`, { WebSocket });
	const inbox = new Inbox();
	PUSHES.forEach((route) => client.on(route, (body) => inbox.add(route, body)));
	await client.connect();
	return {
		inbox,
		request: (route, body) => client.request(route, body),
		notify: (route, body) => client.notify(route, body),
		close: () => client.close()
	};
};
