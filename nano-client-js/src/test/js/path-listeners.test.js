import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PathListeners } from '../../main/resources/META-INF/resources/nano/path-listeners.js';
import { errorsOfListeners } from './joined-room.js';

/** Listens and returns the calls. */
function callsOf(listeners, pointer, tree) {
	const calls = [];
	listeners.add(pointer, (...call) => calls.push(call), tree);
	return calls;
}

test('a listener receives the existing parts and each changed one', () => {
	const listeners = new PathListeners();
	const [ann, bob, cid] = [{ hp: 1 }, { hp: 2 }, { hp: 3 }];
	const first = { fighters: { ann, bob } };
	const calls = callsOf(listeners, '/fighters/*', first);
	assert.deepEqual(calls.splice(0), [[ann, undefined, 'ann'], [bob, undefined, 'bob']]);
	const hurt = { hp: 0 };
	listeners.changed(first, { fighters: { bob: hurt, cid } });
	assert.deepEqual(calls.splice(0), [[undefined, ann, 'ann'], [hurt, bob, 'bob'], [cid, undefined, 'cid']]);
	listeners.changed({ fighters: { ann } }, {});
	assert.deepEqual(calls, [[undefined, ann, 'ann']]);
});

test('parts that have not changed are not reported', () => {
	const listeners = new PathListeners();
	const same = { x: { y: 1 } };
	const calls = [callsOf(listeners, '/same/x/y', undefined), callsOf(listeners, '/n', undefined), callsOf(listeners, '/no', {})];
	listeners.changed({ same, n: 1 }, { same, n: 2 });
	assert.deepEqual(calls, [[], [[2, 1]], []]);
});

test('a pointer may have several wildcards, and indexes of arrays', () => {
	const listeners = new PathListeners();
	const tree = { teams: { red: [{ n: 1 }, { n: 2 }], blue: [{ n: 3 }] } };
	assert.deepEqual(callsOf(listeners, '/teams/*/*/n', tree),
		[[1, undefined, 'red', '0'], [2, undefined, 'red', '1'], [3, undefined, 'blue', '0']]);
	assert.deepEqual(callsOf(listeners, '/teams/red/1/n', tree), [[2, undefined]]);
	assert.deepEqual(callsOf(listeners, '/teams/*/length', tree), []);
	assert.deepEqual(callsOf(listeners, '/teams/red/0/n/*', tree), []);
});

test('names are escaped as in RFC 6901', () => {
	const listeners = new PathListeners();
	const tree = JSON.parse('{"a/b":1,"m~n":2,"~1":3,"":4,"__proto__":5,"😀":6}');
	const values = (pointer) => callsOf(listeners, pointer, tree).map(([value]) => value);
	assert.deepEqual(['/a~1b', '/m~0n', '/~01', '/', '/__proto__', '/😀', '/constructor'].map(values),
		[[1], [2], [3], [4], [5], [6], []]);
	assert.deepEqual(values(''), [tree]);
	for (const pointer of ['a', 'a/b', '/a~2', '/~', undefined]) {
		assert.throws(() => listeners.add(pointer, () => {}, tree), RangeError);
	}
});

test('a listener that is removed is not called any more, not even for the same change', () => {
	const listeners = new PathListeners();
	const calls = [];
	const removers = [1, 2].map((n) => listeners.add('/*', (value) => {
		calls.push([n, value]);
		removers.forEach((remove) => remove());
	}, {}));
	listeners.changed({}, { a: 1, b: 2 });
	assert.deepEqual(calls, [[1, 1]]);
});

test('a listener that throws does not affect others', (t) => {
	const thrown = errorsOfListeners(t);
	const listeners = new PathListeners();
	listeners.add('/*', (value) => {
		throw new Error(`no ${value}`);
	}, { a: 1 });
	const calls = callsOf(listeners, '/*', {});
	listeners.changed({ a: 1 }, { a: 2, b: 3 });
	assert.deepEqual(calls, [[2, 1, 'a'], [3, undefined, 'b']]);
	assert.deepEqual(thrown, ['no 1', 'no 2', 'no 3']);
});
