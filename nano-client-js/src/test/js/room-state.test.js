// The copy of a room's state, its listeners, and missing patches.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openClient } from './fake-server.js';
import { answer, enter, errorsOfListeners, patch, received, whole } from './joined-room.js';

/** Returns the tasks of timers of two seconds, which do not run by themselves. */
function twoSecondTimers(t) {
	const timers = [];
	const { setTimeout, clearTimeout } = globalThis;
	t.mock.method(globalThis, 'setTimeout', (task, delay) => (delay === 2000 ? timers.push(task) && task : setTimeout(task, delay)));
	t.mock.method(globalThis, 'clearTimeout', (timer) => (timers.includes(timer) ? timers.pop() : clearTimeout(timer)));
	return timers;
}

test('patches change the copy, and listeners receive each change', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer, whole(1, { fighters: { ann: { hp: 3 } } }));
	const calls = [];
	room.onState(({ fighters }, version) => calls.push(['state', fighters, version]));
	room.listen('/fighters/*/hp', (...call) => calls.push(call));
	assert.deepEqual(calls.splice(0), [[3, undefined, 'ann']]);
	const { fighters } = room.state;
	peer.push('room.state', patch(2, { fighters: { ann: { hp: 2 } } }));
	peer.push('room.state', patch(3, { fighters: { ann: null, bob: { hp: 9 } } }));
	await received(client, peer);
	assert.deepEqual(calls, [
		[2, 3, 'ann'], ['state', { ann: { hp: 2 } }, 2],
		[undefined, 2, 'ann'], [9, undefined, 'bob'], ['state', { bob: { hp: 9 } }, 3]
	]);
	assert.deepEqual([room.version, fighters], [3, { ann: { hp: 3 } }]);
});

test('a whole state replaces the copy, and listeners receive what differs', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer, whole(5, { a: { x: 1 }, b: { y: 1 } }));
	const calls = [];
	room.listen('/*', (...call) => calls.push(call));
	calls.splice(0);
	const { a } = room.state;
	peer.push('room.state', whole(3, { a: { x: 1 }, b: { y: 2 } }));
	peer.push('room.state', patch(4, { c: 1 }));
	await received(client, peer);
	assert.deepEqual(calls, [[{ y: 2 }, { y: 1 }, 'b'], [1, undefined, 'c']]);
	assert.deepEqual([room.version, room.state.a === a], [4, true]);
});

test('a change that changes nothing is a version only', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer, whole(1, { a: { x: [1] } }));
	const calls = [];
	room.onState(() => calls.push('state'));
	room.listen('/a', () => calls.push('a'));
	const { state } = room;
	peer.push('room.state', patch(2, { a: { x: [1] }, b: null }));
	await received(client, peer);
	assert.deepEqual([calls, room.version, room.state === state], [['a'], 2, true]);
});

test('a listener that throws, or is removed, does not affect others', async (t) => {
	const thrown = errorsOfListeners(t);
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const calls = [];
	room.onState(() => {
		throw new Error('in a listener');
	});
	room.onState(() => calls.push('removed'))();
	room.listen('/n', () => calls.push('removed'))();
	room.onState(() => calls.push('called'));
	peer.push('room.state', patch(2, { n: 2 }));
	await received(client, peer);
	assert.deepEqual([calls, thrown], [['removed', 'called'], ['in a listener']]);
});

test('a missing patch is noticed once, and repaired by the whole state', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	peer.push('room.state', patch(3, { n: 3 }));
	peer.push('room.state', patch(4, { n: 4 }));
	assert.equal((await peer.message()).route, 'arena.sync');
	await received(client, peer); // nothing else was sent before
	assert.deepEqual([room.version, room.state], [1, { n: 1 }]);
	peer.push('room.state', whole(4, { n: 4 }));
	peer.push('room.state', patch(4, { n: 'late' }));
	peer.push('room.state', patch(3, { n: 'later' }));
	peer.push('room.state', patch(5, { n: 5 }));
	await received(client, peer);
	assert.deepEqual([room.version, room.state], [5, { n: 5 }]);
	peer.push('room.state', patch(7, { n: 7 }));
	assert.equal((await peer.message()).route, 'arena.sync');
});

test('a patch before any whole state is a missing one', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer, null);
	peer.push('room.state', patch(3, { n: 3 }));
	assert.equal((await peer.message()).route, 'arena.sync');
	assert.deepEqual([room.id, room.state], ['r1', undefined]);
});

test('the whole state is requested again after two seconds, until it arrives', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer);
	const timers = twoSecondTimers(t);
	peer.push('room.state', patch(3, { n: 3 }));
	assert.equal((await peer.message()).route, 'arena.sync');
	for (let i = 0; i < 3; i++) {
		timers.shift()();
		assert.equal((await peer.message()).route, 'arena.sync');
	}
	peer.push('room.state', whole(3, { n: 3 }));
	await received(client, peer);
	assert.deepEqual([room.version, timers], [3, []]);
});

test('players choose names', async (t) => {
	const { client, peer } = await openClient(t);
	const room = await enter(client, peer, whole(1, { fighters: {} }));
	const names = ['__proto__', 'constructor', 'toString', '', 'a/b', '~', '*', '😀', 'é'];
	const seen = [];
	room.listen('/fighters/*/hp', (hp, previous, name) => seen.push([name, hp, previous]));
	names.forEach((name, i) => peer.push('room.state',
		patch(2 + i, JSON.parse(`{"fighters":{${JSON.stringify(name)}:{"hp":${i}}}}`))));
	peer.push('room.state', patch(2 + names.length, JSON.parse('{"fighters":{"__proto__":{"hp":7}}}')));
	peer.push('room.state', patch(3 + names.length, JSON.parse('{"fighters":{"__proto__":null}}')));
	await received(client, peer);
	assert.deepEqual(seen, [...names.map((name, i) => [name, i, undefined]), ['__proto__', 7, 0], ['__proto__', undefined, 7]]);
	assert.deepEqual(Object.keys(room.state.fighters), names.slice(1));
	assert.equal({}.hp, undefined);
});
