// How a client gets its seats in rooms.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openClient } from './fake-server.js';
import { INFO, answer, enter, leavesOf, patch, received, whole } from './joined-room.js';

for (const [method, argument, reservation] of [
	['joinOrCreate', 'arena', { kind: 'arena', options: { name: 'Ann' } }],
	['create', 'arena', { kind: 'arena', options: { name: 'Ann' } }],
	['join', 'r1', { room: 'r1' }],
	['spectate', 'r1', { room: 'r1' }]
]) {
	test(`${method} reserves a seat and takes it`, async (t) => {
		const { client, peer } = await openClient(t);
		const joining = client.rooms[method](argument, { name: 'Ann' });
		assert.deepEqual(await answer(peer, `rooms.${method}`, INFO), reservation);
		assert.deepEqual(await answer(peer, 'arena.join', 'hello', whole(7, { n: 1 })), { name: 'Ann' });
		const room = await joining;
		assert.deepEqual([room.kind, room.id, room.answer, room.version, room.state], ['arena', 'r1', 'hello', 7, { n: 1 }]);
	});
}

test('enter takes a seat that the game has reserved', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	assert.deepEqual([room.kind, room.id, room.answer, room.version, room.state],
		['arena', 'r1', { welcome: true }, 1, { n: 1 }]);
});

test('rooms are listed', async (t) => {
	const { client, peer } = await openClient(t);
	const listing = client.rooms.list('arena', { offset: 10, limit: 5 });
	assert.deepEqual(await answer(peer, 'rooms.list', { rooms: [INFO], total: 11 }), { kind: 'arena', offset: 10, limit: 5 });
	assert.deepEqual(await listing, { rooms: [INFO], total: 11 });
	const all = client.rooms.list('arena');
	assert.deepEqual(await answer(peer, 'rooms.list', { rooms: [], total: 0 }), { kind: 'arena' });
	assert.deepEqual(await all, { rooms: [], total: 0 });
});

test('an error of either request is that of the join', async (t) => {
	const { client, peer } = await openClient(t);
	const full = assert.rejects(client.rooms.join('r1'), { code: 409, msg: 'full' });
	await answer(peer, 'rooms.join', { code: 409, msg: 'full' });
	await full;
	const tooLate = assert.rejects(client.rooms.create('arena'), { code: 409, msg: 'too late' });
	await answer(peer, 'rooms.create', INFO);
	await answer(peer, 'arena.join', { code: 409, msg: 'too late' });
	await tooLate;
	const aborted = client.rooms.enter('arena', {}, { signal: AbortSignal.abort(new Error('enough')) });
	await assert.rejects(aborted, /enough/);
	await assert.rejects(client.rooms.enter('arena', {}, { timeout: 1 }), { code: 'timeout' });
});

test('pushes that arrive together with the reply are applied', async (t) => {
	const { client, peer } = await openClient(t);
	const entering = client.rooms.enter('arena');
	const { id } = await peer.message();
	peer.push('room.state', whole(3, { old: 1 }));
	peer.push('room.state', whole(4, { n: 1 }));
	peer.push('room.state', patch(5, { n: 2 }));
	peer.respond(id, {});
	peer.push('room.state', patch(6, { m: 3 }));
	const room = await entering;
	await received(client, peer);
	assert.deepEqual([room.version, room.state], [6, { n: 2, m: 3 }]);
});

test('a room may end before the reply to its join', async (t) => {
	const { client, peer } = await openClient(t);
	const entering = client.rooms.enter('arena');
	const { id } = await peer.message();
	peer.push('room.left', { kind: 'arena', room: 'r0', reason: 'closed' }); // of an earlier seat
	peer.push('room.state', whole(1, {}));
	peer.push('room.left', { kind: 'arena', room: 'r1', reason: 'removed', message: 'cheater' });
	peer.respond(id, {});
	assert.deepEqual(leavesOf(await entering), [{ reason: 'removed', message: 'cheater', error: undefined }]);
});

test('a room without a state has the id of its reservation, or none', async (t) => {
	const { client, peer } = await openClient(t);
	const joining = client.rooms.join('r1');
	await answer(peer, 'rooms.join', INFO);
	await answer(peer, 'arena.join', {});
	const room = await joining;
	assert.deepEqual([room.id, room.version, room.state], ['r1', undefined, undefined]);
	const other = await openClient(t);
	const entering = other.client.rooms.enter('arena');
	other.peer.push('room.state', patch(2, {}, 'r0')); // of an earlier seat
	other.peer.push('room.left', { kind: 'arena', room: 'r0', reason: 'closed' });
	await answer(other.peer, 'arena.join', {});
	const entered = await entering;
	assert.equal(entered.id, undefined);
	const leaves = leavesOf(entered);
	assert.deepEqual(leaves, []);
	other.peer.push('room.left', { kind: 'arena', room: 'r2', reason: 'closed' });
	await received(other.client, other.peer);
	assert.equal(leaves.length, 1);
});

test('messages go to the handlers of the kind', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	room.notify('move', { x: 1 });
	const { route, body } = await peer.message();
	assert.deepEqual([route, body], ['arena.move', { x: 1 }]);
	const shooting = room.request('shoot', { at: 'Bob' });
	assert.deepEqual(await answer(peer, 'arena.shoot', { hit: true }), { at: 'Bob' });
	assert.deepEqual(await shooting, { hit: true });
	await assert.rejects(room.request('wait', {}, { timeout: 1 }), { code: 'timeout' });
});

test('a room that is joined again remains, with its listeners and the current state', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const states = [];
	room.onState(({ n }, version) => states.push([n, version]));
	const leaves = leavesOf(room);
	assert.equal(await enter(client, peer, whole(5, { n: 5 })), room);
	assert.deepEqual([states, leaves], [[[5, 5]], []]);
});

test('another room of the kind replaces the former one', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	const joining = client.rooms.join('r2');
	await answer(peer, 'rooms.join', { ...INFO, room: 'r2' });
	await answer(peer, 'arena.join', {}, whole(1, { n: 2 }, 'r2'));
	const next = await joining;
	assert.deepEqual([next.id, next.state, room.state], ['r2', { n: 2 }, { n: 1 }]);
	assert.deepEqual(leaves, [{ reason: 'left', message: 'joined another room', error: undefined }]);
});

test('rooms of several kinds do not affect each other', async (t) => {
	const { client, peer } = await openClient(t);
	const arena = await enter(client, peer);
	const joining = client.rooms.enter('table');
	await answer(peer, 'table.join', {}, { kind: 'table', room: 't1', version: 1, state: {} });
	const table = await joining;
	peer.push('room.state', patch(2, { n: 2 }));
	peer.push('room.left', { kind: 'table', room: 't1', reason: 'closed' });
	await received(client, peer);
	assert.deepEqual([table.state, arena.state], [{}, { n: 2 }]);
	await assert.rejects(table.request('bet'), { code: 'left' });
	arena.notify('move');
});

test('pushes for no room of this client, and malformed ones, are ignored', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const leaves = leavesOf(room);
	for (const push of [null, 1, 'arena', [], {}, { kind: 'arena' }, { kind: 'table', room: 'r1', version: 2, patch: {} },
		{ kind: '__proto__' }, patch(2, { n: 9 }, 'r0'), whole(9, {}, 'r0')]) {
		peer.push('room.state', push);
		peer.push('room.left', push);
	}
	await received(client, peer);
	assert.deepEqual([room.state, room.version, leaves], [{ n: 1 }, 1, []]);
});
