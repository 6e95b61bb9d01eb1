// Ends of connections that end the session, and those that do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { WebSocket } from 'ws';

import { FakeServer, Queue, newClient, openClient, pageOf, resumable } from './fake-server.js';
import { FAST, SLOW, cutSession, lossesOf, openSession, resume, routeOf } from './resumable-session.js';

const HANDSHAKE = 1;

test('close() ends the session with a code, and rejects what is pending', async (t) => {
	const { client, peer } = await openSession(t);
	client.onLost(() => assert.fail('not a loss'));
	const pending = client.request('a.a');
	client.close();
	await assert.rejects(pending, { code: 'closed' });
	assert.equal(await peer.closed, 1000);
});

test('close() while the session is resumed keeps no timer, and rejects what is pending', async (t) => {
	const { client, server, states, peer } = await openSession(t, SLOW);
	client.onLost(() => assert.fail('not a loss'));
	const sent = client.request('a.a');
	await peer.message();
	peer.terminate();
	await states.next();
	const unsent = client.request('b.b');
	const next = await server.accept();
	client.close();
	await assert.rejects(sent, { code: 'closed' });
	await assert.rejects(unsent, { code: 'closed' });
	await next.closed;
	assert.equal((await states.next()).state, 'closed');
	client.connect();
	assert.deepEqual((await (await server.accept()).completeHandshake()).sys.resume, {});
});

test('a page that is left ends its session, one that the browser keeps does not', async (t) => {
	const window = pageOf(t);
	const { client, server, states, peer } = await openSession(t);
	window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
	peer.terminate();
	assert.equal((await states.next()).state, 'resuming');
	const next = await resume(server);
	window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: false }));
	assert.equal(await next.closed, 1000);
	client.close();
	assert.equal(window.listening, 0);
});

test('a silent connection is closed with 3001 where it cannot be terminated', async (t) => {
	class BrowserSocket extends WebSocket {
		terminate = undefined;
	}
	const reply = resumable('new', 'first');
	reply.sys.heartbeat = 0.05;
	const { server, states, peer } = await openClient(t, { ...FAST, reply, WebSocket: BrowserSocket });
	assert.equal((await states.next()).state, 'resuming');
	assert.equal(await peer.closed, 3001);
	await resume(server);
});

test('a close frame of the server ends the session, except if the server goes away or was not reached', async (t) => {
	const waiting = [1000, 1008, 1011, 1013, 4001].map((code) => [code, 'waiting']);
	for (const [code, state] of [...waiting, ...[1001, 1012, 4408].map((cut) => [cut, 'resuming'])]) {
		const { client, states, peer } = await openSession(t, SLOW);
		const losses = [];
		client.onLost(({ unknown }) => losses.push(unknown.length));
		client.notify('a.a');
		peer.close(code);
		assert.equal((await states.next()).state, state, code);
		assert.deepEqual(losses, state === 'waiting' ? [1] : []);
		client.close();
	}
});

test('a connection that is refused with a close frame does not end the session', async (t) => {
	const { server, states } = await cutSession(t);
	(await server.accept()).close(1013, 'too many connections');
	assert.equal((await states.next()).state, 'resuming');
	await resume(server);
});

test('a kick ends the session, as ever', async (t) => {
	const { client, states, peer } = await openSession(t);
	client.onLost(() => assert.fail('not a loss'));
	const pending = client.request('a.a');
	await peer.message();
	peer.kick('left the room');
	await assert.rejects(pending, { code: 'kicked', msg: 'left the room' });
	assert.equal((await states.next()).state, 'closed');
});

for (const code of ['kick', 'replaced']) {
	test(`a session that was lost by a ${code} is as if the kick had been received`, async (t) => {
		const { client, server, states } = await cutSession(t);
		const kicks = new Queue();
		client.onKick((kick) => kicks.push(kick));
		const next = await server.accept();
		await next.packet();
		next.send(HANDSHAKE, JSON.stringify(resumable('lost', 'second', 0, { code, reason: 'enough' })));
		assert.deepEqual(await kicks.next(), { reason: 'enough', reconnect: false });
		const { state, error } = await states.next();
		assert.deepEqual([state, error.code, error.msg], ['closed', 'kicked', 'enough']);
		assert.equal(await next.closed, 1000);
	});
}

test('a client leaves a server that moves its clients after the delay that it sends, and resumes its session', async (t) => {
	const { client, server, states, peer } = await openSession(t);
	client.onKick(() => assert.fail('not a kick'));
	const began = performance.now();
	peer.kick('moving', { reconnect: true, after: 100 });
	client.notify('a.a');
	assert.equal(await routeOf(peer), 'a.a');
	const { state, delay, error } = await states.next();
	assert.deepEqual([state, delay, error.msg], ['resuming', 0, 'the server asks to move']);
	assert.ok(performance.now() - began > 90);
	await peer.closed;
	const next = await server.accept();
	assert.equal((await next.completeHandshake(resumable('resumed', 'second', 1))).sys.resume.token, 'first');
});

test('for a session that cannot be resumed, moving is a kick like others', async (t) => {
	const { client, server, peer } = await openClient(t, FAST);
	const kicks = new Queue();
	client.onKick((kick) => kicks.push(kick));
	peer.kick('moving', { reconnect: true, after: 100_000 });
	assert.deepEqual(await kicks.next(), { reason: 'moving', reconnect: true });
	await server.acceptOpen();
});

test('a first handshake that is refused with a time to retry is tried again, others are not', async (t) => {
	const server = await FakeServer.start(t);
	const { client, states } = newClient(t, server.url, FAST);
	const opened = client.connect();
	const refuse = async (reply) => {
		const peer = await server.accept();
		await peer.packet();
		peer.send(HANDSHAKE, JSON.stringify(reply));
		assert.equal((await states.next()).state, 'connecting');
		return states.next();
	};
	const first = await refuse({ code: 503, sys: { retry: 0.02 } });
	assert.deepEqual([first.state, first.delay], ['waiting', 20]);
	assert.equal((await refuse({ code: 503 })).state, 'closed');
	await assert.rejects(opened, { code: 503 });
});

for (const code of [401, 403, 426, 500]) {
	test(`a resume that is rejected with ${code} closes the client, which does not try again`, async (t) => {
		const { client, server, states } = await cutSession(t);
		const losses = lossesOf(client);
		const next = await server.accept();
		await next.packet();
		next.send(HANDSHAKE, JSON.stringify({ code, msg: 'no', sys: { retry: 0.02 } }));
		assert.equal((await losses.next()).error.code, code);
		const { state, error } = await states.next();
		assert.deepEqual([state, error.code, error.msg], ['closed', code, 'no']);
		assert.equal(await next.closed, 1000);
		client.connect();
		const { sys } = await (await server.accept()).completeHandshake(resumable('new', 'second'));
		assert.deepEqual(sys.resume, {});
	});
}

test('a resume that is rejected closes the client and reports what is lost', async (t) => {
	const { client, server, states, peer } = await openSession(t);
	const losses = lossesOf(client);
	const sent = client.request('a.a');
	await peer.message();
	peer.terminate();
	await states.next();
	const rejected = Promise.all([
		assert.rejects(sent, { code: 'outcome-unknown', msg: 'a.a: sent, but too old' }),
		assert.rejects(client.request('b.b'), { code: 'not-sent' })
	]);
	client.notify('c.c');
	const next = await server.accept();
	await next.packet();
	next.send(HANDSHAKE, '{"code":501,"msg":"too old"}');
	await rejected;
	assert.deepEqual((await losses.next()).unsent.map(({ route }) => route), ['c.c']);
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['closed', 501]);
});

test('a browser resumes at once when its network is back', async (t) => {
	const window = pageOf(t);
	const { server, states } = await cutSession(t, SLOW);
	(await server.accept()).terminate();
	assert.equal((await states.next()).state, 'resuming');
	window.dispatchEvent(new Event('online'));
	window.dispatchEvent(new Event('online'));
	await resume(server);
	assert.equal((await states.next()).resumed, true);
	assert.equal(server.clients, 1);
});
