// Sessions that cannot be resumed, and what becomes of their messages.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, newClient, resumable } from './fake-server.js';
import { SLOW, cutSession, lossesOf, openSession, resume, routeOf } from './resumable-session.js';

const HANDSHAKE = 1;
const HEARTBEAT = 3;

test('a lost session: what was sent is unknown, what was not is not sent, and the new session begins', async (t) => {
	const { client, server, states, peer } = await openSession(t);
	const losses = lossesOf(client);
	client.onLost(() => losses.push(client.state));
	client.notify('known.one');
	const answered = client.request('answered.one');
	await peer.message();
	peer.confirm(1);
	peer.respond((await peer.message()).id, {});
	await answered;
	const sent = client.request('sent.one');
	client.notify('sent.too', { n: 1 });
	await peer.message();
	await peer.message();
	peer.terminate();
	await states.next();
	const unsent = client.request('unsent.one');
	client.notify('unsent.too', { n: 2 });
	const rejected = Promise.all([
		assert.rejects(sent, { code: 'outcome-unknown', msg: 'sent.one: sent, but session lost (too late)' }),
		assert.rejects(unsent, { code: 'not-sent', msg: 'unsent.one: not sent, and session lost (too late)' })
	]);
	const next = await server.acceptOpen(resumable('lost', 'second', 0, { user: 'Ann again', code: 'window', reason: 'too late' }));
	await rejected;
	const { error, unknown, unsent: notSent } = await losses.next();
	assert.deepEqual([error.code, error.body], ['lost', { code: 'window', reason: 'too late' }]);
	assert.deepEqual(unknown, [{ route: 'sent.too', body: { n: 1 } }]);
	assert.deepEqual(notSent, [{ route: 'unsent.too', body: { n: 2 } }]);
	assert.equal(await losses.next(), 'open');
	assert.deepEqual(await states.next(), { state: 'open' });
	assert.equal(await client.connect(), 'Ann again');
	client.notify('next.one');
	assert.equal(await routeOf(next), 'next.one');
	next.terminate();
	assert.deepEqual((await (await server.accept()).completeHandshake(resumable('resumed', 'x'))).sys.resume,
		{ token: 'second', received: 0 });
});

test('with an offline queue, as much of what was not sent as it holds goes to the new session, after a login', async (t) => {
	const { client, server } = await cutSession(t, { offlineQueue: 2 });
	const losses = lossesOf(client);
	client.onState(({ state, resumed }) => state === 'open' && !resumed && client.notify('login'));
	client.notify('a.a');
	const second = client.request('b.b');
	const rejected = assert.rejects(client.request('c.c'), { code: 'not-sent' });
	client.notify('d.d');
	const next = await server.acceptOpen(resumable('lost', 'second'));
	await rejected;
	assert.deepEqual((await losses.next()).unsent, [{ route: 'd.d', body: undefined }]);
	assert.deepEqual([await routeOf(next), await routeOf(next)], ['login', 'a.a']);
	const { id, route } = await next.message();
	assert.equal(route, 'b.b');
	next.respond(id, {});
	assert.deepEqual(await second, {});
});

test('a server that cannot resume sessions any more has lost the session', async (t) => {
	const { client, server, states } = await cutSession(t);
	const losses = lossesOf(client);
	const next = await server.acceptOpen();
	assert.deepEqual((await losses.next()).error.msg, 'session lost (the server does not have it any more)');
	assert.deepEqual(await states.next(), { state: 'open' });
	next.terminate();
	assert.equal((await states.next()).state, 'waiting');
});

test('a listener for losses may close the client', async (t) => {
	const { client, server, states } = await cutSession(t, { offlineQueue: 5 });
	client.notify('a.a');
	client.onLost(() => client.close());
	const next = await server.acceptOpen(resumable('lost', 'second'));
	assert.equal((await states.next()).state, 'open');
	assert.equal((await states.next()).state, 'closed');
	assert.equal(await next.closed, 1000);
});

const IMPOSSIBLE = {
	'above what was sent': (peer) => peer.confirm(2),
	'that goes back': (peer) => [1, 0].forEach((count) => peer.confirm(count)),
	'that no number holds': (peer) => peer.confirm(2n ** 53n),
	'of four bytes': (peer) => peer.bytes(Buffer.of(HEARTBEAT, 0, 0, 4, 0, 0, 0, 1)),
	'of no bytes': (peer) => peer.send(HEARTBEAT)
};

for (const [name, violate] of Object.entries(IMPOSSIBLE)) {
	test(`after a count ${name} the session is lost`, async (t) => {
		const { client, server, states, peer } = await openSession(t);
		const losses = lossesOf(client);
		const pending = client.request('a.a');
		await peer.message();
		violate(peer);
		await assert.rejects(pending, { code: 'outcome-unknown' });
		assert.equal((await losses.next()).error.code, 'protocol');
		assert.equal((await states.next()).state, 'waiting');
		assert.equal(await peer.closed, 1000);
		const { sys } = await (await server.accept()).completeHandshake();
		assert.deepEqual(sys.resume, {});
	});
}

test('a resume with one received message of none is a lost session', async (t) => {
	const { client, server, states } = await cutSession(t);
	const losses = lossesOf(client);
	const next = await server.accept();
	await next.packet();
	next.send(HANDSHAKE, JSON.stringify(resumable('resumed', 'second', 1)));
	assert.equal((await losses.next()).error.code, 'protocol');
	assert.equal((await states.next()).state, 'waiting');
	assert.equal(await next.closed, 1000);
	assert.deepEqual((await (await server.accept()).completeHandshake()).sys.resume, {});
});

const MALFORMED = {
	'that is not JSON': (peer) => peer.send(HANDSHAKE, '<html>'),
	'without a code': (peer) => peer.send(HANDSHAKE, '{}'),
	'that is text': (peer) => peer.bytes('not found'),
	'of an unknown packet type': (peer) => peer.bytes(Buffer.of(99, 0, 0, 0)),
	'after data': (peer) => peer.push('onMessage', {}),
	...Object.fromEntries([-1, 0.5, '0', 2 ** 53].map((received) => [`with ${JSON.stringify(received)} received messages`,
		(peer) => peer.send(HANDSHAKE, JSON.stringify(resumable('resumed', 'second', received)))]))
};

for (const [name, reply] of Object.entries(MALFORMED)) {
	test(`after a reply ${name} the session is not lost, and the resume is tried again`, async (t) => {
		const { client, server, states } = await cutSession(t);
		client.onLost(() => assert.fail('not a loss'));
		const pending = client.request('a.a');
		const next = await server.accept();
		await next.packet();
		reply(next);
		const { state, error } = await states.next();
		assert.deepEqual([state, error.code], ['resuming', 'protocol']);
		assert.notEqual(await next.closed, 1000);
		const last = await server.accept();
		assert.equal((await last.completeHandshake(resumable('resumed', 'third'))).sys.resume.token, 'first');
		assert.equal(await last.count(), 0);
		last.respond((await last.message()).id, {});
		await pending;
	});
}

for (const [name, reply] of Object.entries({
	'no token': { token: undefined }, 'an unknown state': { state: 'old' }, 'a session that the client has not': { state: 'resumed' }
})) {
	test(`a first response with ${name} violates the protocol`, async (t) => {
		const server = await FakeServer.start(t);
		const { client, states } = newClient(t, server.url, SLOW);
		client.connect();
		const peer = await server.accept();
		await peer.packet();
		peer.send(HANDSHAKE, JSON.stringify(resumable('new', 'first', 0, reply)));
		await states.next();
		const { state, error } = await states.next();
		assert.deepEqual([state, error.code], ['waiting', 'protocol']);
	});
}

test('a client that may not resume ignores what the server sends for it', async (t) => {
	const { client, states, peer } = await openSession(t, { resume: false });
	peer.send(HEARTBEAT);
	const pending = client.request('a.a');
	await peer.message();
	peer.terminate();
	await assert.rejects(pending, { code: 'lost' });
	assert.equal((await states.next()).state, 'waiting');
});

test('more unconfirmed bytes than the client keeps: the session is resumed if the server has received them', async (t) => {
	const { client, server, states, peer } = await openSession(t, { resumeBuffer: 1000 });
	client.notify('a.a');
	client.notify('large.one', 'x'.repeat(1000));
	client.notify('b.b');
	await peer.packet();
	await peer.packet();
	peer.terminate();
	await states.next();
	const next = await resume(server, 2);
	assert.equal((await states.next()).resumed, true);
	assert.equal(await routeOf(next), 'b.b');
});

test('more unconfirmed bytes than the client keeps: the session is lost if the server has not received them', async (t) => {
	const { client, server, states, peer } = await openSession(t, { resumeBuffer: 1000 });
	const losses = lossesOf(client);
	client.notify('a.a');
	client.notify('large.one', 'x'.repeat(1000));
	peer.terminate();
	await states.next();
	const next = await server.accept();
	await next.packet();
	next.send(HANDSHAKE, JSON.stringify(resumable('resumed', 'second', 1)));
	const { error, unknown } = await losses.next();
	assert.equal(error.msg, 'more than 1000 sent bytes were not confirmed: see resumeBuffer');
	assert.deepEqual(unknown.map(({ route }) => route), ['large.one']);
	assert.equal((await states.next()).state, 'waiting');
	assert.equal(await next.closed, 1000);
});

test('during a resume messages are rejected beyond the bytes that the client keeps', async (t) => {
	const { client, server, states } = await cutSession(t, { resumeBuffer: 100 });
	client.notify('a.a', 'x'.repeat(80));
	const msg = 'not connected (resuming), and 100 bytes are kept: see resumeBuffer';
	assert.throws(() => client.notify('b.b', 'x'.repeat(80)), { code: 'queue-full', msg });
	const next = await resume(server);
	assert.equal(await next.count(), 0);
	assert.equal(await routeOf(next), 'a.a');
	assert.equal((await states.next()).state, 'open');
	next.confirm(1);
	next.close(1001);
	assert.equal((await states.next()).state, 'resuming');
	client.notify('b.b', 'x'.repeat(80));
	assert.equal(await (await resume(server, 1)).count(), 0);
});
