import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, data, newClient, openClient, push } from './fake-server.js';

const FAST_RECONNECT = { reconnectDelay: 5, maxReconnectDelay: 10 };

const AFTER_THE_HANDSHAKE = {
	'packet type 0': Buffer.from([0, 0, 0, 0]),
	'packet type 6': Buffer.from([6, 0, 0, 0]),
	'an HTTP response': Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
	'a text frame': 'hello',
	'an empty message': data(Buffer.alloc(0)),
	'a flag without a body': data(Buffer.from([4])),
	'a request from the server': data(Buffer.from([0, 1, 1, 97])),
	'a notify from the server': data(Buffer.from([2, 1, 97])),
	'message type 7': data(Buffer.from([14, 1, 97])),
	'a compressed body': data(Buffer.from([0x14, 1, 0x78, 0x9c])),
	'an unterminated id': data(Buffer.from([4, 0x80])),
	'an id of eleven bytes': data(Buffer.from([4, ...Array(10).fill(0x80), 0, 123, 125])),
	'a truncated route': data(Buffer.from([6, 5, 97, 97])),
	'a truncated route code': data(Buffer.from([7, 1])),
	'an unknown route code': data(Buffer.from([7, 0, 9, 123, 125])),
	'a body that is not JSON': data(Buffer.from([4, 1, 123])),
	'a body that is not UTF-8': data(Buffer.from([4, 1, 0xff, 0xfe]))
};

for (const [name, bytes] of Object.entries(AFTER_THE_HANDSHAKE)) {
	test(`${name} ends the connection, and the client reconnects`, async (t) => {
		const { client, server, states, peer } = await openClient(t, FAST_RECONNECT);
		const pending = client.request('any.thing');
		peer.bytes(bytes);
		await assert.rejects(pending, { name: 'NanoError', code: 'protocol' });
		const { state, error } = await states.next();
		assert.deepEqual([state, error.code], ['waiting', 'protocol']);
		await peer.closed;
		await server.acceptOpen();
	});
}

const INSTEAD_OF_THE_HANDSHAKE = {
	'an empty handshake': Buffer.from([1, 0, 0, 0]),
	'a handshake of null': Buffer.from([1, 0, 0, 4, ...Buffer.from('null')]),
	'a handshake without a code': Buffer.from([1, 0, 0, 2, 123, 125]),
	'a handshake that is not JSON': Buffer.from([1, 0, 0, 1, 123]),
	'data before the handshake': push('onMessage', {})
};

for (const [name, bytes] of Object.entries(INSTEAD_OF_THE_HANDSHAKE)) {
	test(`${name} ends the connection, and the client reconnects`, async (t) => {
		const server = await FakeServer.start(t);
		const { client, states } = newClient(t, server.url, FAST_RECONNECT);
		const opened = client.connect();
		await states.next();
		(await server.accept()).bytes(bytes);
		assert.equal((await states.next()).error.code, 'protocol');
		await server.acceptOpen();
		await opened;
	});
}

for (const dict of [null, [], 7, 'x', { a: 0, b: 65536, c: -1, d: 1.5, e: '1', f: null }]) {
	test(`a dictionary ${JSON.stringify(dict)} is ignored`, async (t) => {
		const { client, peer } = await openClient(t, { reply: { code: 200, sys: { dict } } });
		for (const route of 'abcdef') {
			client.notify(route);
			assert.equal((await peer.message()).compressRoute, 0);
		}
	});
}

test('packets before a malformed one are received', async (t) => {
	const { client, states, peer } = await openClient(t, FAST_RECONNECT);
	const received = new Queue();
	client.on('onMessage', (body) => received.push(body));
	peer.bytes(Buffer.concat([push('onMessage', { n: 1 }), Buffer.from([9])]));
	assert.deepEqual(await received.next(), { n: 1 });
	assert.equal((await states.next()).error.code, 'protocol');
});

test('packets may share a frame, including the handshake response and a push', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const received = new Queue();
	client.on('onMessage', ({ n }) => received.push(n));
	const opened = client.connect();
	const peer = await server.accept();
	const reply = Buffer.from('{"code":200,"sys":{}}');
	peer.bytes(Buffer.concat([Buffer.from([1, 0, 0, reply.length]), reply,
		push('onMessage', { n: 1 }), push('onMessage', { n: 2 })]));
	await opened;
	assert.deepEqual([await received.next(), await received.next()], [1, 2]);
});

test('a packet may be split between frames at any byte', async (t) => {
	const { client, peer } = await openClient(t);
	const received = new Queue();
	client.on('onMessage', (body) => received.push(body));
	const whole = Buffer.concat([push('onMessage', { text: 'Grüße 👋' }), push('onMessage', { n: 2 })]);
	for (let cut = 0; cut <= whole.length; cut++) {
		peer.bytes(whole.subarray(0, cut));
		peer.bytes(whole.subarray(cut));
		assert.deepEqual([await received.next(), await received.next()], [{ text: 'Grüße 👋' }, { n: 2 }]);
	}
	for (const byte of whole) {
		peer.bytes(Buffer.from([byte]));
	}
	assert.deepEqual([await received.next(), await received.next()], [{ text: 'Grüße 👋' }, { n: 2 }]);
});

test('an incomplete packet does not affect the next connection', async (t) => {
	const { client, server, states, peer } = await openClient(t, FAST_RECONNECT);
	const received = new Queue();
	client.on('onMessage', (body) => received.push(body));
	peer.bytes(push('onMessage', { n: 1 }).subarray(0, 7));
	peer.terminate();
	await states.next();
	const next = await server.acceptOpen();
	next.push('onMessage', { n: 2 });
	assert.deepEqual(await received.next(), { n: 2 });
});

test('the error of a listener is reported and does not affect other listeners', async (t) => {
	const { client, peer } = await openClient(t);
	const reported = new Queue();
	const received = new Queue();
	const reporters = process.listeners('uncaughtException');
	process.removeAllListeners('uncaughtException');
	process.once('uncaughtException', (error) => reported.push(error.message));
	t.after(() => reporters.forEach((reporter) => process.on('uncaughtException', reporter)));
	client.on('onMessage', () => {
		throw new Error('an error of the page');
	});
	client.on('onMessage', (body) => received.push(body));
	peer.push('onMessage', { n: 1 });
	assert.deepEqual(await received.next(), { n: 1 });
	assert.equal(await reported.next(), 'an error of the page');
	assert.equal(client.state, 'open');
});
