// The end of a seat in a room, and what is no end.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Queue, openClient, resumable } from './fake-server.js';
import { answer, enter, leavesOf, patch, received, whole } from './joined-room.js';
import { FAST, openSession, resume } from './resumable-session.js';

/** Checks that a room has ended once, and how. */
async function assertEnded(room, leaves, expected) {
	assert.equal(leaves.length, 1);
	const [{ reason, message, error }] = leaves;
	assert.deepEqual([reason, message, error?.code], expected);
	assert.deepEqual(leavesOf(room), leaves); // late listeners are called, too
	const gone = { name: 'NanoError', code: 'left', msg: `arena.move: no seat in this room any more (${reason})` };
	await assert.rejects(room.request('move'), gone);
	assert.throws(() => room.notify('move'), gone);
	await room.leave();
}

test('leave gives the seat back', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	const leaving = [room.leave(), room.leave()];
	const { id, route } = await peer.message();
	assert.equal(route, 'arena.leave');
	peer.push('room.state', patch(2, { n: 2 }));
	peer.respond(id, {});
	peer.push('room.state', patch(3, { n: 3 })); // is ignored
	await Promise.all(leaving);
	assert.deepEqual(room.state, { n: 2 });
	await received(client, peer);
	await assertEnded(room, leaves, ['left', '', undefined]);
	assert.notEqual(await enter(client, peer), room);
});

test('a seat that is left and taken again in one go is another one', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const leaving = room.leave();
	const entering = client.rooms.enter('arena');
	const [leave, join] = [await peer.message(), await peer.message()];
	peer.respond(leave.id, {});
	peer.push('room.state', whole(1, { n: 2 }));
	peer.respond(join.id, {});
	peer.push('room.state', patch(2, { m: 1 }));
	await leaving;
	const next = await entering;
	await received(client, peer);
	assert.deepEqual([room.state, next.state], [{ n: 1 }, { n: 2, m: 1 }]);
});

test('only the first end is reported', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	const leaving = room.leave();
	const { id } = await peer.message();
	peer.push('room.left', { kind: 'arena', room: 'r1', reason: 'closed' });
	peer.respond(id, {});
	await leaving;
	await assertEnded(room, leaves, ['closed', '', undefined]);
});

test('a leave that fails leaves the seat', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	const failed = assert.rejects(room.leave(), { code: 500, msg: 'not now' });
	await answer(peer, 'arena.leave', { code: 500, msg: 'not now' });
	await failed;
	assert.deepEqual(leaves, []);
	const leaving = room.leave();
	await answer(peer, 'arena.leave', {});
	await leaving;
	await assertEnded(room, leaves, ['left', '', undefined]);
});

test('the server ends a seat, with its reason', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	const changes = [];
	room.onState(() => changes.push('state'));
	room.listen('/n', () => changes.push('n'));
	changes.splice(0);
	peer.push('room.left', { kind: 'arena', room: 'r1', reason: 'removed', message: 'cheater' });
	peer.push('room.left', { kind: 'arena', room: 'r1', reason: 'closed' });
	peer.push('room.state', whole(2, { n: 2 }));
	await received(client, peer);
	await assertEnded(room, leaves, ['removed', 'cheater', undefined]);
	assert.deepEqual([changes, room.state], [[], { n: 1 }]);
});

test('a resumed session keeps its seats and receives the patches that it has missed', async (t) => {
	const { client, server, states, peer } = await openSession(t);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	peer.terminate();
	assert.equal((await states.next()).state, 'resuming');
	room.notify('move', { x: 1 });
	const next = await resume(server, 1);
	next.push('room.state', patch(2, { n: 2 }));
	assert.equal((await next.packet()).type, 3); // what was received
	assert.equal((await next.message()).route, 'arena.move');
	await received(client, next);
	assert.deepEqual([room.state, leaves], [{ n: 2 }, []]);
});

test('a lost session has lost its seats before other listeners can join again', async (t) => {
	const { client, server, states, peer } = await openSession(t);
	const again = new Queue();
	client.onLost(() => again.push(client.rooms.enter('arena')));
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	peer.terminate();
	assert.equal((await states.next()).state, 'resuming');
	const next = await server.acceptOpen(resumable('lost', 'second', 0, { code: 'window', reason: 'too late' }));
	await answer(next, 'arena.join', {}, whole(1, { n: 'new' }));
	const joined = await again.next();
	assert.deepEqual([joined.state, joined === room], [{ n: 'new' }, false]);
	await assertEnded(room, leaves, ['lost', 'session lost (too late)', 'lost']);
});

test('a connection that cannot be resumed has lost its seats', async (t) => {
	const { client, server, states, peer } = await openClient(t, FAST);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	peer.terminate();
	assert.equal((await states.next()).state, 'waiting');
	assert.equal(leaves.length, 1);
	await server.acceptOpen();
	await client.connect();
	assert.deepEqual([leaves[0].reason, leaves[0].error.code], ['lost', 'lost']);
	await assertEnded(room, leaves, ['lost', leaves[0].message, 'lost']);
});

test('a closed or kicked client has lost its seats', async (t) => {
	for (const [code, end] of [['closed', ({ client }) => client.close()], ['kicked', ({ peer }) => peer.kick('go')]]) {
		const opened = await openSession(t);
		const room = await enter(opened.client, opened.peer);
		const leaves = leavesOf(room);
		const unanswered = assert.rejects(room.request('move'), { code });
		const leaving = room.leave();
		const joining = assert.rejects(opened.client.rooms.enter('table'), { code });
		end(opened);
		await Promise.all([unanswered, leaving, joining]);
		await assertEnded(room, leaves, ['lost', leaves[0].message, code]);
	}
});

test('no listener is called after the end, not even for a change that is being reported', async (t) => {
	const { client, states, peer } = await openClient(t);
	const room = await enter(client, peer);
	const calls = [];
	room.listen('/n', (n) => n === 2 && client.close());
	room.listen('/n', (n) => calls.push(n));
	room.onState(({ n }) => calls.push(n));
	peer.push('room.state', patch(2, { n: 2 }));
	assert.equal((await states.next()).state, 'closed');
	assert.deepEqual(calls, [1]);
});

test('what a lost session has received is not the state of a later join', async (t) => {
	const { client, server, states, peer } = await openSession(t, { offlineQueue: 5 });
	const entering = client.rooms.enter('arena');
	await peer.message();
	peer.push('room.state', whole(1, { n: 'old' }));
	const rejected = assert.rejects(entering, { code: 'outcome-unknown' });
	await received(client, peer);
	peer.terminate();
	assert.equal((await states.next()).state, 'resuming');
	const waiting = client.rooms.enter('arena');
	const next = await server.acceptOpen(resumable('lost', 'second'));
	await rejected;
	await answer(next, 'arena.join', {});
	assert.equal((await waiting).state, undefined);
});

test('no timer is left by a room that has ended', async (t) => {
	const { client, peer } = await openClient(t);
	await enter(client, peer);
	const timers = new Set();
	const { setTimeout, clearTimeout } = globalThis;
	t.mock.method(globalThis, 'setTimeout', (...args) => {
		const timer = setTimeout(...args);
		timers.add(timer);
		return timer;
	});
	t.mock.method(globalThis, 'clearTimeout', (timer) => {
		timers.delete(timer);
		clearTimeout(timer);
	});
	const left = new Promise((resolve) => client.on('room.left', resolve));
	peer.push('room.state', patch(3, {}));
	peer.push('room.left', { kind: 'arena', room: 'r1', reason: 'closed' });
	await left;
	assert.equal(timers.size, 0);
});
