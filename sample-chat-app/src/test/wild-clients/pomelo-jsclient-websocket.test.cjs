'use strict';

/*
 * The browser client. It lives in a page: a window that offers WebSocket, localStorage, an EventEmitter and the codecs,
 * and it is one object per page, so a second client needs a second page.
 */

const { EventEmitter } = require('node:events');

const WebSocket = require('ws');

const { PUSHES, chatsThrough } = require('./chat-contract.cjs');
const Inbox = require('./inbox.cjs');

const CLIENT = require.resolve('pomelo-jsclient-websocket');

// It prints every socket event whole.
console.log = console.error = () => {};

globalThis.WebSocket = WebSocket;
globalThis.window = { EventEmitter, localStorage: null };
// With a window in sight the codecs take their browser form, on Uint8Array, and hang themselves onto it.
require('pomelo-protocol');
window.protobuf = require('pomelo-protobuf/lib/client/protobuf').protobuf;

chatsThrough('pomelo-jsclient-websocket', (port) => {
	const pomelo = openPage();
	const inbox = new Inbox();
	PUSHES.forEach((route) => pomelo.on(route, (body) => inbox.add(route, body)));
	pomelo.on('onKick', (body) => inbox.add('kick', body));
	pomelo.on('close', () => inbox.add('closed'));
	return new Promise((resolve, reject) => {
		pomelo.on('error', (error) => reject(new Error(error)));
		pomelo.on('io-error', (event) => reject(event.error));
		pomelo.init({ host: '127.0.0.1', port, user: {} }, (socket) => {
			hearHeartbeats(socket, inbox);
			resolve({
				inbox,
				request: (route, body) => new Promise((answer) => pomelo.request(route, body, answer)),
				notify: (route, body) => pomelo.notify(route, body),
				close: () => pomelo.disconnect()
			});
		});
	});
});

function openPage() {
	const stored = new Map();
	window.localStorage = {
		getItem: (key) => stored.get(key) ?? null,
		setItem: (key, value) => stored.set(key, value)
	};
	delete require.cache[CLIENT];
	return require(CLIENT);
}

/** The client has no event for them. */
function hearHeartbeats(socket, inbox) {
	const { Package } = window.Protocol;
	socket.addEventListener('message', ({ data }) => {
		if (Package.decode(data).type === Package.TYPE_HEARTBEAT) {
			inbox.add('heartbeat');
		}
	});
}
