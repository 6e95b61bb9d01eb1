import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, newClient, openClient } from './fake-server.js';

const HEARTBEAT = 3;

const beating = (seconds) => ({ code: 200, sys: { heartbeat: seconds } });

test('a heartbeat is answered one interval later', async (t) => {
	const { peer } = await openClient(t, { answer: beating(0.1) });
	const asked = performance.now();
	peer.send(HEARTBEAT);
	assert.equal((await peer.packet()).type, HEARTBEAT);
	assert.ok(performance.now() - asked > 95);
});

test('heartbeats that come during the interval get one answer together', async (t) => {
	const { client, peer } = await openClient(t, { answer: beating(0.1) });
	peer.send(HEARTBEAT);
	peer.send(HEARTBEAT);
	peer.send(HEARTBEAT);
	assert.equal((await peer.packet()).type, HEARTBEAT);
	client.notify('room.message', { after: 'the heartbeat' });
	assert.equal((await peer.packet()).type, 4);
});

test('a connection whose server echoes lives on', async (t) => {
	const { client, peer } = await openClient(t, { answer: beating(0.25) });
	for (let i = 0; i < 4; i++) {
		peer.send(HEARTBEAT);
		assert.equal((await peer.packet()).type, HEARTBEAT);
	}
	assert.equal(client.state, 'open');
});

test('two intervals of silence are the end of a connection', async (t) => {
	const { states, peer } = await openClient(t, { answer: beating(0.3) });
	const opened = performance.now();
	const { state, error } = await states.next();
	const silence = performance.now() - opened;
	assert.deepEqual([state, error.code, error.msg], ['waiting', 'lost', 'nothing heard for 600 ms']);
	assert.ok(silence > 550 && silence < 1200, `${silence} ms`);
	await peer.gone;
});

test('the server has two intervals to echo a heartbeat', async (t) => {
	const { states, peer } = await openClient(t, { answer: beating(0.2) });
	peer.send(HEARTBEAT);
	assert.equal((await peer.packet()).type, HEARTBEAT);
	const asked = performance.now();
	assert.equal((await states.next()).error.code, 'lost');
	assert.ok(performance.now() - asked > 350);
});

test('the time to connect does not limit the time connected', async (t) => {
	const { client, peer } = await openClient(t, { answer: beating(0.2), connectTimeout: 100 });
	peer.send(HEARTBEAT);
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
