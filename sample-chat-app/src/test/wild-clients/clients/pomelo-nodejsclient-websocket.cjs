'use strict';

/*
 * The Node client over WebSocket. Its event onKick has no reason, so the reason is read from the packet that
 * caused the event.
 */

const Pomelo = require('pomelo-nodejsclient-websocket');
const { Package } = require('pomelo-protocol');

const Inbox = require('../inbox.cjs');
const { PUSHES } = require('../pushes.cjs');

const silence = () => {};
const logger = { debug: silence, info: silence, warn: silence, error: silence, trace: silence };

module.exports = (port) => {
	const pomelo = new Pomelo({ logger });
	const inbox = new Inbox();
	let kicked = false;
	PUSHES.forEach((route) => pomelo.on(route, (body) => inbox.add(route, body)));
	pomelo.on('onKick', () => {
		kicked = true;
	});
	pomelo.on('close', () => {
		pomelo.disconnect(); // its heartbeat timer would throw at a closed socket
		inbox.add('closed');
	});
	return new Promise((resolve, reject) => {
		pomelo.on('error', (error) => reject(new Error(error)));
		pomelo.on('io-error', reject);
		pomelo.init({ host: '127.0.0.1', port, user: {} }, (error, socket) => {
			socket.on('message', (frame) => {
				const { type, body } = Package.decode(frame);
				if (type === Package.TYPE_HEARTBEAT) {
					inbox.add('heartbeat');
				} else if (type === Package.TYPE_KICK && kicked) {
					inbox.add('kick', JSON.parse(body));
				}
			});
			resolve({
				inbox,
				request: (route, body) => new Promise((resolve) => pomelo.request(route, body, (_, msg) => resolve(msg))),
				notify: (route, body) => pomelo.notify(route, body),
				close: () => pomelo.disconnect()
			});
		});
	});
};
