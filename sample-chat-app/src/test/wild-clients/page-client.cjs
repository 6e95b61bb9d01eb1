'use strict';

const { PUSHES } = require('./pushes.cjs');
const Inbox = require('./inbox.cjs');

/**
 * Connects the `pomelo` of a page.
 *
 * @param Package the codec of that page, to detect heartbeats, for which the client has no event
 */
function pageClient(pomelo, Package, port) {
	const inbox = new Inbox();
	PUSHES.forEach((route) => pomelo.on(route, (body) => inbox.add(route, body)));
	pomelo.on('onKick', (body) => inbox.add('kick', body));
	pomelo.on('close', () => inbox.add('closed'));
	return new Promise((resolve, reject) => {
		pomelo.on('error', (error) => reject(new Error(error)));
		pomelo.on('io-error', (event) => reject(event.error));
		pomelo.init({ host: '127.0.0.1', port, user: {} }, (socket) => {
			socket.addEventListener('message', ({ data }) => {
				if (Package.decode(data).type === Package.TYPE_HEARTBEAT) {
					inbox.add('heartbeat');
				}
			});
			resolve({
				inbox,
				request: (route, body) => new Promise((resolve) => pomelo.request(route, body, resolve)),
				notify: (route, body) => pomelo.notify(route, body),
				close: () => pomelo.disconnect()
			});
		});
	});
}

/** Creates a separate localStorage for each page. */
pageClient.storage = () => {
	const stored = new Map();
	return { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) };
};

module.exports = pageClient;
