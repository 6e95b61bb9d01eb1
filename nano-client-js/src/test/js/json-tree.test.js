// Tests of merge patches and of the parts that two states share.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { memberOf, mergePatch, namesOf, shareEqualParts } from '../../main/resources/META-INF/resources/nano/json-tree.js';

test('a merge patch has the results of RFC 7396', () => {
	for (const [target, patch, result] of [ // its appendix
		[{ a: 'b' }, { a: 'c' }, { a: 'c' }],
		[{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
		[{ a: 'b' }, { a: null }, {}],
		[{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
		[{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
		[{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
		[{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
		[{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
		[['a', 'b'], ['c', 'd'], ['c', 'd']],
		[{ a: 'b' }, ['c'], ['c']],
		[{ a: 'foo' }, null, null],
		[{ a: 'foo' }, 'bar', 'bar'],
		[{ e: null }, { a: 1 }, { e: null, a: 1 }],
		[[1, 2], { a: 'b', c: null }, { a: 'b' }],
		[{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }]
	]) {
		assert.deepEqual(mergePatch(target, patch), result);
	}
});

test('a patch does not modify its target, and shares what it does not change', () => {
	const target = { changed: { deep: { n: 1 }, kept: { n: 2 } }, kept: [{ n: 3 }] };
	const before = structuredClone(target);
	const result = mergePatch(target, { changed: { deep: { n: 4 } } });
	assert.deepEqual(target, before);
	assert.deepEqual(result, { changed: { deep: { n: 4 }, kept: { n: 2 } }, kept: [{ n: 3 }] });
	assert.notEqual(result.changed.deep, target.changed.deep);
	assert.equal(result.changed.kept, target.changed.kept);
	assert.equal(result.kept, target.kept);
});

test('equal parts of another tree are replaced by the earlier ones', () => {
	const previous = { same: { list: [1, { n: 2 }] }, items: [{ id: 1 }, { id: 2 }], more: { a: 1, b: 2 } };
	const next = { same: { list: [1, { n: 2 }] }, items: [{ id: 1 }, { id: 3 }], more: { a: 1 }, one: {} };
	const expected = structuredClone(next);
	const result = shareEqualParts(previous, next);
	assert.deepEqual(result, expected);
	assert.equal(result.same, previous.same);
	assert.equal(result.items[0], previous.items[0]);
	assert.notEqual(result.items[1], previous.items[1]);
	assert.notEqual(result.more, previous.more);
	assert.equal(shareEqualParts(previous, structuredClone(previous)), previous);
	assert.equal(shareEqualParts(1, 1), 1);
	assert.deepEqual(shareEqualParts([], {}), {});
	assert.deepEqual(shareEqualParts(undefined, { a: 1 }), { a: 1 });
});

test('members may have any name', () => {
	const names = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"hasOwnProperty":1,"":2,"😀":3}';
	const result = shareEqualParts({}, mergePatch({}, JSON.parse(names)));
	assert.equal(JSON.stringify(result), names);
	assert.equal({}.polluted, undefined);
	assert.equal(result.polluted, undefined);
	assert.equal(Object.getPrototypeOf(result), Object.prototype);
	const patched = mergePatch(result, JSON.parse('{"__proto__":{"polluted":2},"constructor":null}'));
	assert.deepEqual(Object.entries(patched),
		[['__proto__', { polluted: 2 }], ['hasOwnProperty', 1], ['', 2], ['😀', 3]]);
	const shared = shareEqualParts(result, JSON.parse(names));
	assert.equal(shared, result);
	assert.equal(JSON.stringify(mergePatch(result, JSON.parse('{"__proto__":null}'))), names.replace(/"__proto__".*?},/, ''));
});

test('only own members are read', () => {
	assert.equal(memberOf({}, '__proto__'), undefined);
	assert.equal(memberOf({}, 'toString'), undefined);
	assert.equal(memberOf(JSON.parse('{"__proto__":1}'), '__proto__'), 1);
	assert.deepEqual(['0', '1', 'length', 'at'].map((name) => memberOf([7], name)), [7, undefined, undefined, undefined]);
	assert.deepEqual([memberOf('text', '0'), memberOf(null, 'a'), memberOf(undefined, 'a')], [undefined, undefined, undefined]);
	assert.deepEqual([namesOf([5, 6]), namesOf('text'), namesOf(undefined)], [['0', '1'], [], []]);
	const patch = mergePatch({}, { toString: { a: 1 } });
	assert.deepEqual(patch, { toString: { a: 1 } });
});

test('trees may have any depth', () => {
	const depth = 200_000;
	const deep = (leaf) => JSON.parse(`${'{"a":'.repeat(depth)}${leaf}${'}'.repeat(depth)}`);
	const one = deep(1);
	const other = mergePatch(one, deep(2));
	let leaf = shareEqualParts(one, other);
	while (typeof leaf === 'object') {
		leaf = leaf.a;
	}
	assert.equal(leaf, 2);
	assert.equal(shareEqualParts(one, deep(1)), one);
});
