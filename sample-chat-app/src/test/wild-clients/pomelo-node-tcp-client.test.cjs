'use strict';

/*
 * The Node client over TCP, with one change: its onData receives one complete packet at a time. Unchanged, it reads only
 * the first packet of each read and drops the rest. At a kick with a body it loops for ever, so the kick packet is read
 * here and not passed on. It throws at bytes above 127, so it chats in ASCII.
 */

const assert = require('node:assert/strict');
const { test } = require('node:test');

const Pomelo = require('pomelo-node-tcp-client');

const { chatsThrough, port } = require('./chat-contract.cjs');
const Inbox = require('./inbox.cjs');
const PacketCutter = require('./packet-cutter.cjs');
const { PUSHES } = require('./pushes.cjs');

const HEADER_LENGTH = 4;
const HEARTBEAT = 3;
const KICK = 5;

/** A notify of this client has a stray 0 in front, so the server reads it as a request whose id is the byte for "notify". */
const ID_OF_EVERY_NOTIFY = 2;

chatsThrough('pomelo-node-tcp-client', connect, 'Greetings from Cologne');

test('a notify of pomelo-node-tcp-client is a request on the wire and has a response', { timeout: 15_000 }, async (t) => {
	const client = await connect(port());
	t.after(() => client.close());
	await client.request('room.join', { name: `notifier-${process.pid}`, room: `notifier-${process.pid}` });
	client.notify('room.message', { name: 'notifier', content: 'hello' });
	assert.deepEqual(await client.inbox.next('response to a notify'), {});
});

function connect(gamePort) {
	const pomelo = new Pomelo();
	const inbox = new Inbox();
	pomelo.consoleLogs = false;
	pomelo.onData = packetwise(pomelo.onData, inbox);
	PUSHES.forEach((route) => pomelo.on(route, (body) => inbox.add(route, body)));
	return new Promise((resolve, reject) => {
		pomelo.init('127.0.0.1', gamePort, {}, ({ code }) => {
			assert.equal(code, 200);
			resolve({
				inbox,
				request: (route, body) => new Promise((resolve) => pomelo.request(route, body, resolve)),
				notify: (route, body) => notify(pomelo, inbox, route, body),
				close: () => pomelo._socket.destroy()
			});
		});
		pomelo._socket.on('close', () => inbox.add('closed'));
		pomelo._socket.on('error', reject);
	});
}

function packetwise(onData, inbox) {
	const cutter = new PacketCutter();
	return function (chunk) {
		for (const packet of cutter.cut(chunk)) {
			if (packet[0] === KICK) {
				inbox.add('kick', JSON.parse(packet.subarray(HEADER_LENGTH)));
			} else {
				onData.call(this, packet);
			}
			if (packet[0] === HEARTBEAT) {
				inbox.add('heartbeat');
			}
		}
	};
}

/** Registers a callback for the response, without which the client throws. */
function notify(pomelo, inbox, route, body) {
	pomelo.requests[ID_OF_EVERY_NOTIFY] = { route, callback: (response) => inbox.add('response to a notify', response) };
	pomelo.notify(route, body);
}
