'use strict';

/*
 * The client of pinus's load-test robots. It has no events for heartbeats, kicks and the end, so all three are read
 * from its socket. Its request ids wrap around after 127.
 */

const { PinusWSClient } = require('pinus-robot-plugin/dist/PinusWSClient');
const { Package } = require('pomelo-protocol');

const Inbox = require('../inbox.cjs');
const { PUSHES } = require('../pushes.cjs');

// It prints every step.
console.log = console.warn = console.error = () => {};

module.exports = (port) => {
	const client = new PinusWSClient();
	const inbox = new Inbox();
	PUSHES.forEach((route) => client.on(route, (body) => inbox.add(route, body)));
	return new Promise((resolve, reject) => {
		client.init({ host: '127.0.0.1', port, user: {} }, () => resolve({
			inbox,
			request: (route, body) => new Promise((resolve) => client.request(route, body, resolve)),
			notify: (route, body) => client.notify(route, body),
			close: () => client.disconnect()
		}));
		client.socket.addEventListener('message', ({ data }) => {
			const { type, body } = Package.decode(Buffer.from(data));
			if (type === Package.TYPE_HEARTBEAT) {
				inbox.add('heartbeat');
			} else if (type === Package.TYPE_KICK) {
				inbox.add('kick', JSON.parse(body));
			}
		});
		client.socket.addEventListener('close', () => inbox.add('closed'));
		client.socket.addEventListener('error', ({ error }) => reject(error));
	});
};
