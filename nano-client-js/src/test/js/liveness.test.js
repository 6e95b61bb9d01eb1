import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, newClient, openClient } from './fake-server.js';

const HEARTBEAT = 3;

const withHeartbeat = (seconds) => ({ code: 200, sys: { heartbeat: seconds } });

test('a heartbeat is sent per interval to a server that echoes', async (t) => {
	const began = performance.now();
	const { client, peer } = await openClient(t, { reply: withHeartbeat(0.1) });
	peer.send(HEARTBEAT); // pomelo's first one, after the acknowledgement
	for (let i = 0; i < 4; i++) {
		assert.equal((await peer.packet()).type, HEARTBEAT);
		peer.send(HEARTBEAT);
	}
	assert.ok(performance.now() - began > 380);
	assert.equal(client.state, 'open');
});

test('a heartbeat is sent per interval to a server that sends its own and does not echo', async (t) => {
	const { client, peer } = await openClient(t, { reply: withHeartbeat(0.1) });
	let ticks = 0;
	const ticking = setInterval(() => {
		ticks++;
		peer.send(HEARTBEAT);
	}, 100);
	t.after(() => clearInterval(ticking));
	for (let i = 0; i < 5; i++) {
		assert.equal((await peer.packet()).type, HEARTBEAT);
	}
	assert.ok(ticks < 9, 'not one in two intervals');
	assert.equal(client.state, 'open');
});

test('heartbeats of the server are not echoed', async (t) => {
	const { client, peer } = await openClient(t, { reply: withHeartbeat(30) });
	peer.send(HEARTBEAT);
	peer.send(HEARTBEAT);
	client.on('onMessage', () => client.notify('room.message', { after: 'the heartbeats' }));
	peer.push('onMessage', {});
	assert.deepEqual((await peer.message()).body, { after: 'the heartbeats' });
});

test('a connection ends after two heartbeats without a packet', async (t) => {
	const began = performance.now();
	const { states, peer } = await openClient(t, { reply: withHeartbeat(0.2) });
	const { state, error } = await states.next();
	const silence = performance.now() - began;
	assert.deepEqual([state, error.code, error.msg], ['waiting', 'lost', 'no packet received for 2 heartbeats']);
	assert.ok(silence > 550 && silence < 2200, `${silence} ms`);
	assert.equal((await peer.packet()).type, HEARTBEAT);
	assert.equal((await peer.packet()).type, HEARTBEAT);
	await peer.closed;
});

test('connectTimeout does not limit an open connection', async (t) => {
	const { client, peer } = await openClient(t, { reply: withHeartbeat(2), connectTimeout: 1500 });
	assert.equal((await peer.packet()).type, HEARTBEAT);
	assert.equal(client.state, 'open');
});

test('any packet is a sign of life', async (t) => {
	const { client, states, peer } = await openClient(t, { reply: withHeartbeat(0.2) });
	const received = new Queue();
	client.on('onTick', (body) => received.push(body));
	const sender = setInterval(() => peer.push('onTick', {}), 20);
	t.after(() => clearInterval(sender));
	for (let i = 0; i < 30; i++) {
		await received.next();
	}
	assert.equal(client.state, 'open');
	clearInterval(sender);
	assert.equal((await states.next()).error.code, 'lost');
});

test('without a heartbeat in the handshake none is sent', async (t) => {
	const { client, peer } = await openClient(t, { reply: { code: 200 } });
	peer.send(HEARTBEAT);
	peer.push('onMessage', {});
	client.notify('room.message');
	assert.equal((await peer.packet()).type, 4);
});

test('a heartbeat before the handshake is ignored', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	const peer = await server.accept();
	peer.send(HEARTBEAT);
	await peer.completeHandshake(withHeartbeat(30));
	await opened;
});

for (const heartbeat of [-1, 'soon', null, {}, 1e300]) {
	test(`a heartbeat of ${JSON.stringify(heartbeat)} seconds is ignored`, async (t) => {
		const { client, peer } = await openClient(t, { reply: withHeartbeat(heartbeat) });
		peer.send(HEARTBEAT);
		for (let i = 0; i < 10; i++) {
			const result = client.request('any.thing');
			peer.respond((await peer.message()).id, {});
			assert.deepEqual(await result, {});
		}
	});
}
