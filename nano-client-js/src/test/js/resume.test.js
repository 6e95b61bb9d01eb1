// After a cut the session goes on: each message is received once and in order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';

import { FakeServer, Queue, data, newClient, openClient, push, resumable } from './fake-server.js';
import { FAST, SLOW, cutSession, openSession, resume, routeOf } from './resumable-session.js';

const HANDSHAKE = 1;

test('a client asks for a session that can be resumed, unless it may not resume or not reconnect', async (t) => {
	for (const [options, resumption] of [[{}, {}], [{ resume: false }, undefined], [{ reconnect: false }, undefined]]) {
		const server = await FakeServer.start(t);
		const { client } = newClient(t, server.url, options);
		client.connect().catch(() => {});
		const { sys } = await (await server.accept()).completeHandshake();
		assert.deepEqual(sys.resume, resumption);
	}
});

test('after a cut the session is resumed at once, with its token and the count of received messages', async (t) => {
	const { client, server, states, peer } = await openSession(t, SLOW);
	const received = new Queue();
	client.on('onMessage', (n) => received.push(n));
	peer.push('onMessage', 1);
	peer.push('onOther', {});
	peer.push('onMessage', 2);
	assert.deepEqual([await received.next(), await received.next()], [1, 2]);
	peer.terminate();
	const { state, delay, error } = await states.next();
	assert.deepEqual([state, delay, error.code], ['resuming', 0, 'lost']);
	const next = await server.accept();
	const { sys } = await next.completeHandshake(resumable('resumed', 'second'));
	assert.deepEqual(sys.resume, { token: 'first', received: 3 });
	assert.deepEqual(await states.next(), { state: 'open', resumed: true });
	assert.equal(await next.count(), 3);
});

test('what the server has not received is sent again: the same bytes, then a heartbeat, then what has waited', async (t) => {
	const dict = { 'b.b': 7 };
	const reply = resumable('new', 'first');
	reply.sys.dict = dict;
	const { client, server, states, peer } = await openClient(t, { ...FAST, reply });
	['a.a', 'b.b', 'c.c'].forEach((route) => client.notify(route, { route }));
	const sent = [await peer.packet(), await peer.packet(), await peer.packet()];
	peer.terminate();
	await states.next();
	client.notify('d.d');
	const next = await server.acceptOpen(resumable('resumed', 'second', 1));
	assert.deepEqual([await next.packet(), await next.packet()], sent.slice(1));
	assert.equal(await next.count(), 0);
	assert.equal(await routeOf(next), 'd.d');
	client.notify('b.b');
	next.useDictionary(dict);
	assert.deepEqual(await next.message(), { id: 0, type: 1, compressRoute: 1, route: 'b.b', body: {}, compressGzip: 0 });
});

test('what has waited is sent before the messages of listeners', async (t) => {
	const { client, server } = await cutSession(t);
	client.onState(({ resumed }) => resumed && client.notify('by.listener'));
	client.notify('has.waited');
	const next = await resume(server);
	assert.equal(await next.count(), 0);
	assert.deepEqual([await routeOf(next), await routeOf(next)], ['has.waited', 'by.listener']);
});

test('what the server has confirmed is not sent again', async (t) => {
	const { client, server, peer } = await openSession(t);
	const confirmed = new Queue();
	client.on('onConfirmed', () => confirmed.push());
	client.notify('a.a');
	client.notify('b.b');
	peer.confirm(1);
	peer.push('onConfirmed', {});
	await confirmed.next();
	peer.terminate();
	const next = await resume(server, 1);
	assert.equal(await routeOf(next), 'b.b');
	assert.equal(await next.count(), 1);
});

test('a request that was cut from its response resolves after the resume', async (t) => {
	const { client, server, peer } = await openSession(t);
	const result = client.request('a.a');
	const { id } = await peer.message();
	peer.terminate();
	const next = await resume(server, 1);
	assert.equal(await next.count(), 0);
	next.respond(id, { at: 'last' });
	assert.deepEqual(await result, { at: 'last' });
});

test('a packet that is cut is not counted, and received once', async (t) => {
	const { client, server, states, peer } = await openSession(t);
	const received = new Queue();
	client.on('onMessage', (n) => received.push(n));
	const [first, second] = [push('onMessage', 1), push('onMessage', 2)];
	peer.bytes(Buffer.concat([first, second.subarray(0, second.length - 1)]));
	peer.close(1001);
	assert.equal((await states.next()).state, 'resuming');
	const next = await server.accept();
	assert.equal((await next.completeHandshake(resumable('resumed', 'second'))).sys.resume.received, 1);
	next.bytes(second);
	assert.deepEqual([await received.next(), await received.next()], [1, 2]);
});

test('a compressed body that is not inflated at the cut is not counted', async (t) => {
	const { client, server, peer } = await openSession(t);
	const received = new Queue();
	client.on('onFirst', () => peer.terminate());
	client.on('onMessage', (n) => received.push(n));
	const message = Buffer.concat([Buffer.of(0x16, 9), Buffer.from('onMessage'), deflateSync('7')]);
	const inflating = globalThis.DecompressionStream;
	globalThis.DecompressionStream = class {
		readable = new ReadableStream();
		writable = new WritableStream();
	};
	peer.bytes(Buffer.concat([push('onFirst', {}), data(message), push('onMessage', 8)]));
	const next = await server.accept();
	globalThis.DecompressionStream = inflating;
	assert.equal((await next.completeHandshake(resumable('resumed', 'second'))).sys.resume.received, 1);
	next.bytes(Buffer.concat([data(message), push('onMessage', 8)]));
	assert.deepEqual([await received.next(), await received.next()], [7, 8]);
});

test('a resume whose reply is lost or cut is tried again, with the latest token', async (t) => {
	const { server } = await cutSession(t);
	(await server.accept()).terminate();
	const second = await server.accept();
	assert.equal(JSON.parse((await second.packet()).body).sys.resume.token, 'first');
	second.bytes(Buffer.of(HANDSHAKE, 0, 0, 99, 123));
	second.terminate();
	const third = await server.accept();
	assert.equal((await third.completeHandshake(resumable('resumed', 'third'))).sys.resume.token, 'first');
	third.terminate();
	const fourth = await server.accept();
	assert.equal((await fourth.completeHandshake(resumable('resumed', 'fourth'))).sys.resume.token, 'third');
});

test('nothing but the handshake is sent before the reply to it', async (t) => {
	const { client, server } = await cutSession(t);
	const next = await server.accept();
	const { sys } = JSON.parse((await next.packet()).body);
	assert.equal(sys.resume.token, 'first');
	client.notify('a.a');
	next.send(HANDSHAKE, JSON.stringify(resumable('resumed', 'next')));
	assert.equal((await next.packet()).type, 2);
	assert.equal(await next.count(), 0);
	assert.equal(await routeOf(next), 'a.a');
});

test('connect() during a resume tries at once and resolves with the data of the session', async (t) => {
	const { client, server, states } = await cutSession(t, SLOW);
	(await server.accept()).terminate();
	assert.ok((await states.next()).delay > 0);
	const opened = client.connect();
	client.connect();
	const next = await resume(server);
	assert.equal(await opened, 'Ann');
	const result = client.request('a.a');
	assert.equal(await next.count(), 0);
	next.respond((await next.message()).id, {});
	await result;
	assert.equal(server.clients, 1);
});

test('the time-out of a request goes on while the session is resumed, and the request is sent again nevertheless', async (t) => {
	const { client, server, states, peer } = await openSession(t, { ...FAST });
	const late = assert.rejects(client.request('late.one', {}, { timeout: 300 }), { code: 'timeout' });
	await peer.message();
	peer.terminate();
	await states.next();
	const unsent = assert.rejects(client.request('unsent.one', {}, { timeout: 5 }), { code: 'timeout' });
	const next = await server.accept();
	await Promise.all([late, unsent]);
	client.notify('next.one');
	await next.completeHandshake(resumable('resumed', 'second'));
	assert.equal(await routeOf(next), 'late.one');
	assert.equal(await next.count(), 0);
	assert.equal(await routeOf(next), 'next.one');
});

test('a heartbeat with the count of received messages is sent in each interval', async (t) => {
	const reply = resumable('new', 'first');
	reply.sys.heartbeat = 0.05;
	const { client, peer } = await openClient(t, { reply });
	assert.equal(await peer.count(), 0);
	peer.confirm(0);
	const received = new Queue();
	client.on('onMessage', (n) => received.push(n));
	peer.push('onMessage', 1);
	await received.next();
	assert.equal(await peer.count(), 1);
});

test('half of a small buffer is confirmed by a heartbeat at once, so that the session can be resumed', async (t) => {
	const { client, server, states, peer } = await openSession(t, { resumeBuffer: 1000 });
	const confirmed = new Queue();
	client.on('onConfirmed', () => confirmed.push());
	for (let n = 1; n <= 5; n++) {
		client.notify('a.a', 'x'.repeat(300));
		client.notify('a.a', 'x'.repeat(300));
		assert.deepEqual([await routeOf(peer), await routeOf(peer)], ['a.a', 'a.a']);
		assert.equal(await peer.count(), n - 1);
		peer.confirm(2 * n);
		peer.push('onConfirmed', {});
		await confirmed.next();
	}
	client.notify('b.b', 'x'.repeat(300));
	peer.terminate();
	await states.next();
	assert.equal(await routeOf(await resume(server, 10)), 'b.b');
	assert.equal((await states.next()).resumed, true);
});

test('64 messages or 32 KB, sent or received, are confirmed by a heartbeat at once', async (t) => {
	const { client, peer } = await openSession(t);
	for (let n = 1; n <= 64; n++) {
		peer.push('onMessage', n);
	}
	assert.equal(await peer.count(), 64);
	peer.push('onMessage', 'x'.repeat(32 * 1024));
	assert.equal(await peer.count(), 65);
	for (let n = 1; n <= 64; n++) {
		client.notify('a.a', { n });
	}
	for (let n = 1; n <= 64; n++) {
		assert.equal((await peer.message()).body.n, n);
	}
	assert.equal(await peer.count(), 65);
	client.notify('a.a', 'x'.repeat(32 * 1024));
	assert.equal((await peer.packet()).type, 4);
	assert.equal(await peer.count(), 65);
});
