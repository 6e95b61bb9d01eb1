import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, newClient, openClient, push } from './fake-server.js';

const SOON = { reconnectDelay: 5, maxReconnectDelay: 10 };

test('a lost connection comes back and its listeners with it', async (t) => {
	const { client, server, states, peer } = await openClient(t, SOON);
	const heard = new Queue();
	client.on('onMessage', (body) => heard.push(body));
	peer.cut();
	const lost = await states.next();
	assert.deepEqual([lost.state, lost.error.code], ['waiting', 'lost']);
	assert.equal((await states.next()).state, 'connecting');
	const next = await server.acceptOpen();
	assert.equal((await states.next()).state, 'open');
	next.push('onMessage', { back: true });
	assert.deepEqual(await heard.next(), { back: true });
});

test('a server that closes with a code and words is a lost connection that names them', async (t) => {
	const { client, server, states, peer } = await openClient(t, SOON);
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

test('what was pending when the connection broke is rejected', async (t) => {
	const { client, peer } = await openClient(t, SOON);
	const answers = [client.request('a.a'), client.request('b.b')];
	await peer.message();
	peer.cut();
	await assert.rejects(answers[0], { name: 'NanoError', code: 'lost' });
	await assert.rejects(answers[1], { name: 'NanoError', code: 'lost' });
});

test('connect, called while the client comes back, resolves when it is there', async (t) => {
	const { client, server, states, peer } = await openClient(t, { reconnectDelay: 100_000, maxReconnectDelay: 100_000 });
	peer.cut();
	assert.equal((await states.next()).state, 'waiting');
	const opened = client.connect();
	assert.equal(client.state, 'connecting');
	await server.acceptOpen({ code: 200, user: { visit: 2 } });
	assert.deepEqual(await opened, { visit: 2 });
});

test('an attempt that was called for replaces the one that was planned', async (t) => {
	const { client, server, states, peer } = await openClient(t, { reconnectDelay: 50, maxReconnectDelay: 50 });
	peer.cut();
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

test('a browser whose network comes back tries at once, and listens for that only while it waits', async (t) => {
	const window = new EventTarget();
	let listening = 0;
	globalThis.addEventListener = (type, listener) => {
		listening++;
		window.addEventListener(type, listener);
	};
	globalThis.removeEventListener = (type, listener) => {
		listening--;
		window.removeEventListener(type, listener);
	};
	t.after(() => {
		delete globalThis.addEventListener;
		delete globalThis.removeEventListener;
	});
	const { server, states, peer } = await openClient(t, { reconnectDelay: 100_000, maxReconnectDelay: 100_000 });
	const before = listening;
	peer.cut();
	assert.equal((await states.next()).state, 'waiting');
	assert.equal(listening, before + 1);
	window.dispatchEvent(new Event('online'));
	assert.equal((await states.next()).state, 'connecting');
	assert.equal(listening, before);
	await server.acceptOpen();
	assert.equal((await states.next()).state, 'open');
	window.dispatchEvent(new Event('online'));
});

test('the first connect waits for a server that starts later', async (t) => {
	const early = await FakeServer.start(t);
	const port = early.port;
	await early.stop();
	const { client, states } = newClient(t, `ws://127.0.0.1:${port}/`, SOON);
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

test('the delay starts small again after a success', async (t) => {
	const random = Math.random;
	t.after(() => {
		Math.random = random;
	});
	Math.random = () => 1;
	const { server, states, peer } = await openClient(t, { reconnectDelay: 3, maxReconnectDelay: 1000 });
	peer.cut();
	assert.equal((await states.next()).delay, 3);
	await states.next();
	(await server.accept()).cut();
	assert.equal((await states.next()).delay, 6);
	await states.next();
	const again = await server.acceptOpen();
	await states.next();
	again.cut();
	assert.equal((await states.next()).delay, 3);
});

test('closing while waiting ends the attempts', async (t) => {
	const { client, states, peer } = await openClient(t, SOON);
	peer.cut();
	await states.next();
	client.close();
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['closed', 'closed']);
});

test('closing rejects what is pending', async (t) => {
	const { client, peer } = await openClient(t);
	const answer = client.request('any.thing');
	client.close();
	await assert.rejects(answer, { name: 'NanoError', code: 'closed' });
	await peer.gone;
});

test('without reconnect a lost connection is closed', async (t) => {
	const { states, peer } = await openClient(t, { reconnect: false });
	peer.cut();
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['closed', 'lost']);
});

test('who is kicked hears the reason and stays away', async (t) => {
	const { client, states, peer } = await openClient(t, SOON);
	const reasons = new Queue();
	client.onKick((kick) => reasons.push(kick));
	const answer = client.request('room.leave');
	await peer.message();
	peer.kick('left the room');
	await assert.rejects(answer, { code: 'kicked', msg: 'left the room' });
	assert.deepEqual(await reasons.next(), { reason: 'left the room', reconnect: false });
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code, error.msg], ['closed', 'kicked', 'left the room']);
	await peer.gone;
});

test('a kick without a reason has an empty one', async (t) => {
	const { client, peer } = await openClient(t);
	const reasons = new Queue();
	client.onKick(({ reason }) => reasons.push(reason));
	peer.kick();
	assert.equal(await reasons.next(), '');
});

test('whoever wants comes back after a kick', async (t) => {
	const { server, states, peer } = await openClient(t, { ...SOON, reconnectAfterKick: true });
	peer.kick('server restarts');
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['waiting', 'kicked']);
	await server.acceptOpen();
});

test('who is asked back comes back after a kick', async (t) => {
	const { client, server, states, peer } = await openClient(t, SOON);
	const kicks = new Queue();
	client.onKick((kick) => kicks.push(kick));
	peer.kick('server restarts', { reconnect: true });
	assert.deepEqual(await kicks.next(), { reason: 'server restarts', reconnect: true });
	const { state, error } = await states.next();
	assert.deepEqual([state, error.code], ['waiting', 'kicked']);
	await server.acceptOpen();
});

test('what follows a kick is not heard, in its frame or later', async (t) => {
	const { client, peer } = await openClient(t, SOON);
	const heard = [];
	client.onKick(({ reason }) => heard.push(reason));
	client.on('onMessage', (body) => heard.push(body));
	const kick = Buffer.from([5, 0, 0, 0]);
	peer.bytes(Buffer.concat([kick, kick, push('onMessage', {})]));
	peer.kick('once more');
	peer.push('onMessage', {});
	await peer.gone;
	assert.deepEqual(heard, ['']);
});

test('a listener that closes the client is the last to hear', async (t) => {
	const { client, states, peer } = await openClient(t);
	const heard = new Queue();
	client.on('onMessage', ({ n }) => {
		heard.push(n);
		client.close();
	});
	peer.bytes(Buffer.concat([push('onMessage', { n: 1 }), push('onMessage', { n: 2 })]));
	assert.equal((await states.next()).state, 'closed');
	await peer.gone;
	assert.equal(await heard.next(), 1);
	heard.push('nothing else');
	assert.equal(await heard.next(), 'nothing else');
});
