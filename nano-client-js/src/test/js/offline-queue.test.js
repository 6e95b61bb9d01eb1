import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, newClient, openClient } from './fake-server.js';

const FAST_RECONNECT = { reconnectDelay: 5, maxReconnectDelay: 10 };
const SLOW_RECONNECT = { reconnectDelay: 100_000, maxReconnectDelay: 100_000 };

const routes = async (peer, count) => {
	const seen = [];
	while (seen.length < count) {
		seen.push((await peer.message()).route);
	}
	return seen;
};

test('messages are queued while the client connects for the first time', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url, { offlineQueue: 3 });
	client.connect();
	client.notify('a.a', { n: 1 });
	const result = client.request('b.b', { n: 2 });
	const peer = await server.acceptOpen();
	const [first, second] = [await peer.message(), await peer.message()];
	assert.deepEqual([first.route, first.body, second.route, second.body], ['a.a', { n: 1 }, 'b.b', { n: 2 }]);
	peer.respond(second.id, { done: true });
	assert.deepEqual(await result, { done: true });
});

test('queued messages are sent in order, after those of the listeners', async (t) => {
	const { client, server, states, peer } = await openClient(t, { ...FAST_RECONNECT, offlineQueue: 10 });
	client.onState(({ state }) => {
		if (state === 'open') {
			client.request('room.join').catch(() => {});
		}
	});
	peer.terminate();
	await states.next();
	client.notify('a.a');
	client.request('b.b').catch(() => {});
	client.notify('c.c');
	const next = await server.acceptOpen();
	assert.deepEqual(await routes(next, 4), ['room.join', 'a.a', 'b.b', 'c.c']);
});

test('queued requests survive failed attempts, requests in flight do not', async (t) => {
	const { client, server, states, peer } = await openClient(t, { ...FAST_RECONNECT, offlineQueue: 10 });
	const inFlight = client.request('a.a');
	await peer.message();
	peer.terminate();
	await assert.rejects(inFlight, { code: 'lost' });
	const waiting = client.request('b.b');
	for (let i = 0; i < 3; i++) {
		(await server.accept()).terminate();
	}
	const next = await server.acceptOpen();
	const { id, route } = await next.message();
	assert.equal(route, 'b.b');
	next.respond(id, { at: 'last' });
	assert.deepEqual(await waiting, { at: 'last' });
	assert.equal((await states.next()).state, 'waiting');
});

test('nothing is sent twice over several reconnects', async (t) => {
	const { client, server, states, peer } = await openClient(t, { ...FAST_RECONNECT, offlineQueue: 10 });
	peer.terminate();
	await states.next();
	client.notify('once.only');
	const second = await server.acceptOpen();
	assert.deepEqual(await routes(second, 1), ['once.only']);
	second.terminate();
	const third = await server.acceptOpen();
	await client.connect();
	client.notify('after.all');
	assert.deepEqual(await routes(third, 1), ['after.all']);
});

test('messages are rejected when the queue is full', async (t) => {
	const { client, states, peer } = await openClient(t, { ...SLOW_RECONNECT, offlineQueue: 2 });
	peer.terminate();
	await states.next();
	client.notify('a.a');
	const second = client.request('b.b');
	await assert.rejects(client.request('c.c'), { name: 'NanoError', code: 'queue-full', msg: /2 messages wait: see offlineQueue$/ });
	assert.throws(() => client.notify('d.d'), { code: 'queue-full' });
	client.close();
	await assert.rejects(second, { code: 'closed' });
});

test('a request that times out or is aborted in the queue is removed from it', async (t) => {
	const { client, server, states, peer } = await openClient(t, { ...SLOW_RECONNECT, offlineQueue: 2 });
	peer.terminate();
	await states.next();
	const controller = new AbortController();
	const late = client.request('late.one', {}, { timeout: 5 });
	const aborted = client.request('aborted.one', {}, { signal: controller.signal });
	await assert.rejects(late, { code: 'timeout' });
	controller.abort();
	await assert.rejects(aborted, { name: 'AbortError' });
	client.notify('third.one');
	client.notify('fourth.one');
	client.connect();
	assert.deepEqual(await routes(await server.acceptOpen(), 2), ['third.one', 'fourth.one']);
});

test('without the option, before connect() and after close() messages are not queued', async (t) => {
	const { client, states, peer } = await openClient(t, SLOW_RECONNECT);
	peer.terminate();
	await states.next();
	assert.throws(() => client.notify('a.a'), { code: 'not-open', msg: 'not connected (waiting)' });
	const { client: idle } = newClient(t, 'ws://127.0.0.1:1/', { offlineQueue: 5 });
	assert.throws(() => idle.notify('a.a'), { code: 'not-open', msg: 'not connected (idle)' });
	idle.close();
	await assert.rejects(idle.request('a.a'), { code: 'not-open', msg: 'not connected (closed)' });
});

test('a message that cannot be encoded is rejected at once', async (t) => {
	const { client, states, peer } = await openClient(t, { ...SLOW_RECONNECT, offlineQueue: 5 });
	peer.terminate();
	await states.next();
	assert.throws(() => client.notify('r'.repeat(256)), RangeError);
	assert.throws(() => client.notify('a.a', { n: 1n }), TypeError);
});

test('a queued message keeps the payload of the time of the call', async (t) => {
	const { client, server, states, peer } = await openClient(t, { ...FAST_RECONNECT, offlineQueue: 5 });
	peer.terminate();
	await states.next();
	const body = { n: 1 };
	client.notify('a.a', body);
	body.n = 2;
	assert.deepEqual((await (await server.acceptOpen()).message()).body, { n: 1 });
});

test('queued messages have their route as text, whatever the next dictionary', async (t) => {
	const dict = (codes) => ({ code: 200, sys: { dict: codes } });
	const { client, server, states, peer } = await openClient(t, { ...FAST_RECONNECT, offlineQueue: 5, reply: dict({ 'a.a': 1, 'b.b': 2 }) });
	peer.terminate();
	await states.next();
	client.notify('a.a');
	const next = await server.acceptOpen(dict({ 'a.a': 2, 'b.b': 1 }));
	const { route, compressRoute } = await next.message();
	assert.deepEqual([route, compressRoute], ['a.a', 0]);
});

test('a listener that closes the client drops the queue', async (t) => {
	const { client, server, states, peer } = await openClient(t, { ...FAST_RECONNECT, offlineQueue: 5 });
	client.onState(({ state }) => state === 'open' && client.close());
	peer.terminate();
	await states.next();
	const rejected = assert.rejects(client.request('a.a'), { code: 'closed' });
	const next = await server.acceptOpen();
	await rejected;
	await peer.closed;
});
