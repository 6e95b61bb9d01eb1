import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, newClient, openClient, pageOf, push } from './fake-server.js';

const FAST_RECONNECT = { reconnectDelay: 5, maxReconnectDelay: 10 };

test('a lost connection is reopened and keeps its listeners', async (t) => {
	const { client, server, states, peer } = await openClient(t, FAST_RECONNECT);
	const received = new Queue();
	client.on('onMessage', (body) => received.push(body));
	peer.terminate();
	const lost = await states.next();
	assert.deepEqual([lost.state, lost.error.code], ['waiting', 'lost']);
	assert.equal((await states.next()).state, 'connecting');
	const next = await server.acceptOpen();
	assert.equal((await states.next()).state, 'open');
	next.push('onMessage', { back: true });
	assert.deepEqual(await received.next(), { back: true });
});

test('the error of a lost connection has the code and the reason of the close frame', async (t) => {
	const { client, server, states, peer } = await openClient(t, FAST_RECONNECT);
	const kicks = [];
	client.onKick((kick) => kicks.push(kick));
	peer.close(1001, 'the server is shutting down');
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code, error.msg],
		['waiting', 'lost', 'connection lost (1001 the server is shutting down)']);
	await server.acceptOpen();
	assert.equal((await states.next()).state, 'connecting');
	assert.equal((await states.next()).state, 'open');
	assert.deepEqual(kicks, []);
});

test('pending requests are rejected when the connection breaks', async (t) => {
	const { client, peer } = await openClient(t, FAST_RECONNECT);
	const responses = [client.request('a.a'), client.request('b.b')];
	await peer.message();
	peer.terminate();
	await assert.rejects(responses[0], { name: 'NanoError', code: 'lost' });
	await assert.rejects(responses[1], { name: 'NanoError', code: 'lost' });
});

test('connect() while the client reconnects resolves when it is open', async (t) => {
	const { client, server, states, peer } = await openClient(t, { reconnectDelay: 100_000, maxReconnectDelay: 100_000 });
	peer.terminate();
	assert.equal((await states.next()).state, 'waiting');
	const opened = client.connect();
	assert.equal(client.state, 'connecting');
	await server.acceptOpen({ code: 200, user: { visit: 2 } });
	assert.deepEqual(await opened, { visit: 2 });
});

test('connect() replaces the scheduled attempt', async (t) => {
	const { client, server, states, peer } = await openClient(t, { reconnectDelay: 50, maxReconnectDelay: 50 });
	peer.terminate();
	await states.next();
	client.connect();
	assert.equal((await states.next()).state, 'connecting');
	const next = await server.acceptOpen({ code: 200, sys: { heartbeat: 0.2 } });
	assert.equal((await states.next()).state, 'open');
	next.send(3);
	await next.packet();
	assert.equal(client.state, 'open');
	client.close();
	assert.equal((await states.next()).state, 'closed');
});

test('a browser reconnects at once when its network is back, and listens for that only while it waits', async (t) => {
	const window = pageOf(t);
	const { server, states, peer } = await openClient(t, { reconnectDelay: 100_000, maxReconnectDelay: 100_000 });
	peer.terminate();
	assert.equal((await states.next()).state, 'waiting');
	assert.equal(window.listening, 1);
	window.dispatchEvent(new Event('online'));
	assert.equal((await states.next()).state, 'connecting');
	assert.equal(window.listening, 0);
	await server.acceptOpen();
	assert.equal((await states.next()).state, 'open');
	window.dispatchEvent(new Event('online'));
});

test('the first connect waits for a server that starts later', async (t) => {
	const early = await FakeServer.start(t);
	const port = early.port;
	await early.stop();
	const { client, states } = newClient(t, `ws://127.0.0.1:${port}/`, FAST_RECONNECT);
	const opened = client.connect();
	await states.next();
	assert.equal((await states.next()).state, 'waiting');
	const server = await FakeServer.start(t, port);
	await server.acceptOpen();
	await opened;
	assert.equal(client.state, 'open');
});

test('the delay doubles up to its maximum and is all jitter', async (t) => {
	const random = Math.random;
	t.after(() => {
		Math.random = random;
	});
	const { client, states } = newClient(t, 'ws://127.0.0.1:1/', { reconnectDelay: 4, maxReconnectDelay: 20 });
	client.connect().catch(() => {});
	const delays = [];
	for (const jitter of [0.5, 0.5, 0.5, 0.5, 0.5, 0, 1]) {
		Math.random = () => jitter;
		assert.equal((await states.next()).state, 'connecting');
		delays.push((await states.next()).delay);
	}
	assert.deepEqual(delays, [2, 4, 8, 10, 10, 0, 20]);
});

test('the delay is reset after a success', async (t) => {
	const random = Math.random;
	t.after(() => {
		Math.random = random;
	});
	Math.random = () => 1;
	const { server, states, peer } = await openClient(t, { reconnectDelay: 3, maxReconnectDelay: 1000 });
	peer.terminate();
	assert.equal((await states.next()).delay, 3);
	await states.next();
	(await server.accept()).terminate();
	assert.equal((await states.next()).delay, 6);
	await states.next();
	const again = await server.acceptOpen();
	await states.next();
	again.terminate();
	assert.equal((await states.next()).delay, 3);
});

test('closing while waiting ends the attempts', async (t) => {
	const { client, states, peer } = await openClient(t, FAST_RECONNECT);
	peer.terminate();
	await states.next();
	client.close();
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['closed', 'closed']);
});

test('closing rejects pending requests', async (t) => {
	const { client, peer } = await openClient(t);
	const result = client.request('any.thing');
	client.close();
	await assert.rejects(result, { name: 'NanoError', code: 'closed' });
	await peer.closed;
});

test('without reconnect a lost connection is closed', async (t) => {
	const { states, peer } = await openClient(t, { reconnect: false });
	peer.terminate();
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['closed', 'lost']);
});

test('a kicked client reports the reason and does not reconnect', async (t) => {
	const { client, states, peer } = await openClient(t, FAST_RECONNECT);
	const reasons = new Queue();
	client.onKick((kick) => reasons.push(kick));
	const result = client.request('room.leave');
	await peer.message();
	peer.kick('left the room');
	await assert.rejects(result, { code: 'kicked', msg: 'left the room' });
	assert.deepEqual(await reasons.next(), { reason: 'left the room', reconnect: false });
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code, error.msg], ['closed', 'kicked', 'left the room']);
	await peer.closed;
});

test('a kick without a reason has an empty one', async (t) => {
	const { client, peer } = await openClient(t);
	const reasons = new Queue();
	client.onKick(({ reason }) => reasons.push(reason));
	peer.kick();
	assert.equal(await reasons.next(), '');
});

test('a client reconnects after a kick with the option reconnectAfterKick', async (t) => {
	const { server, states, peer } = await openClient(t, { ...FAST_RECONNECT, reconnectAfterKick: true });
	peer.kick('server restarts');
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['waiting', 'kicked']);
	await server.acceptOpen();
});

test('a client reconnects after a kick if the server asks for it', async (t) => {
	const { client, server, states, peer } = await openClient(t, FAST_RECONNECT);
	const kicks = new Queue();
	client.onKick((kick) => kicks.push(kick));
	peer.kick('server restarts', { reconnect: true });
	assert.deepEqual(await kicks.next(), { reason: 'server restarts', reconnect: true });
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['waiting', 'kicked']);
	await server.acceptOpen();
});

test('packets after a kick are dropped, in its frame or later', async (t) => {
	const { client, peer } = await openClient(t, FAST_RECONNECT);
	const received = [];
	client.onKick(({ reason }) => received.push(reason));
	client.on('onMessage', (body) => received.push(body));
	const kick = Buffer.from([5, 0, 0, 0]);
	peer.bytes(Buffer.concat([kick, kick, push('onMessage', {})]));
	peer.kick('once more');
	peer.push('onMessage', {});
	await peer.closed;
	assert.deepEqual(received, ['']);
});

test('no push is delivered after a listener has closed the client', async (t) => {
	const { client, states, peer } = await openClient(t);
	const received = new Queue();
	client.on('onMessage', ({ n }) => {
		received.push(n);
		client.close();
	});
	peer.bytes(Buffer.concat([push('onMessage', { n: 1 }), push('onMessage', { n: 2 })]));
	assert.equal((await states.next()).state, 'closed');
	await peer.closed;
	assert.equal(await received.next(), 1);
	received.push('nothing else');
	assert.equal(await received.next(), 'nothing else');
});
