import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, newClient, openClient } from './fake-server.js';

const HEARTBEAT = 3;

const beating = (seconds) => ({ code: 200, sys: { heartbeat: seconds } });

test('a heartbeat is sent in each interval, to a server that echoes', async (t) => {
	const began = performance.now();
	const { client, peer } = await openClient(t, { answer: beating(0.1) });
	peer.send(HEARTBEAT); // pomelo's first one, after the acknowledgement
	for (let i = 0; i < 4; i++) {
		assert.equal((await peer.packet()).type, HEARTBEAT);
		peer.send(HEARTBEAT);
	}
	assert.ok(performance.now() - began > 380);
	assert.equal(client.state, 'open');
});

test('a heartbeat is sent in each interval, to a server that ticks and never answers', async (t) => {
	const { client, peer } = await openClient(t, { answer: beating(0.1) });
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

test('heartbeats of the server are not answered one by one', async (t) => {
	const { client, peer } = await openClient(t, { answer: beating(30) });
	peer.send(HEARTBEAT);
	peer.send(HEARTBEAT);
	client.on('onMessage', () => client.notify('room.message', { after: 'the heartbeats' }));
	peer.push('onMessage', {});
	assert.deepEqual((await peer.message()).body, { after: 'the heartbeats' });
});

test('silence after two heartbeats is the end of a connection', async (t) => {
	const began = performance.now();
	const { states, peer } = await openClient(t, { answer: beating(0.2) });
	const { state, error } = await states.next();
	const silence = performance.now() - began;
	assert.deepEqual([state, error.code, error.msg], ['waiting', 'lost', 'nothing heard since 2 heartbeats']);
	assert.ok(silence > 550 && silence < 2200, `${silence} ms`);
	assert.equal((await peer.packet()).type, HEARTBEAT);
	assert.equal((await peer.packet()).type, HEARTBEAT);
	await peer.gone;
});

test('the time to connect does not limit the time connected', async (t) => {
	const { client, peer } = await openClient(t, { answer: beating(2), connectTimeout: 1500 });
	assert.equal((await peer.packet()).type, HEARTBEAT);
	assert.equal(client.state, 'open');
});

test('any packet is a sign of life', async (t) => {
	const { client, states, peer } = await openClient(t, { answer: beating(0.2) });
	const heard = new Queue();
	client.on('onTick', (body) => heard.push(body));
	const sender = setInterval(() => peer.push('onTick', {}), 20);
	t.after(() => clearInterval(sender));
	for (let i = 0; i < 30; i++) {
		await heard.next();
	}
	assert.equal(client.state, 'open');
	clearInterval(sender);
	assert.equal((await states.next()).error.code, 'lost');
});

test('without a heartbeat in the handshake there is none', async (t) => {
	const { client, peer } = await openClient(t, { answer: { code: 200 } });
	peer.send(HEARTBEAT);
	peer.push('onMessage', {});
	client.notify('room.message');
	assert.equal((await peer.packet()).type, 4);
});

test('a heartbeat before the handshake is no harm', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	const peer = await server.accept();
	peer.send(HEARTBEAT);
	await peer.shakeHands(beating(30));
	await opened;
});

for (const heartbeat of [-1, 'soon', null, {}, 1e300]) {
	test(`a heartbeat of ${JSON.stringify(heartbeat)} seconds is no harm`, async (t) => {
		const { client, peer } = await openClient(t, { answer: beating(heartbeat) });
		peer.send(HEARTBEAT);
		for (let i = 0; i < 10; i++) {
			const answer = client.request('any.thing');
			peer.respond((await peer.message()).id, {});
			assert.deepEqual(await answer, {});
		}
	});
}
