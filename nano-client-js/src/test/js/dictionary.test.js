import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, newClient, openClient } from './fake-server.js';

const FAST_RECONNECT = { reconnectDelay: 5, maxReconnectDelay: 10 };
const DICT = { 'room.join': 1, 'room.leave': 2, onMessage: 3 };
const OTHER_DICT = { 'room.join': 2, 'room.leave': 1, onMessage: 3 };
const EXPECTED = ['room.join', 'room.leave', 'room.message'];

/** The methods of localStorage that the client uses. */
class MemoryStorage {
	items = new Map();

	getItem(key) {
		return this.items.get(key) ?? null;
	}

	setItem(key, value) {
		this.items.set(key, value);
	}

	removeItem(key) {
		this.items.delete(key);
	}
}

/** Responds as pomelo's hybrid connector does: without a dictionary if the client names the current version. */
const pomelo = (dictVersion, dict) => ({ sys }) => (sys.dictVersion === dictVersion
	? { code: 200, sys: { heartbeat: 30, useDict: true } }
	: { code: 200, sys: { heartbeat: 30, useDict: true, dict, routeToCode: dict, dictVersion } });

/** Connects a new client with a storage. Returns its handshake, and the routes as the server reads them. */
async function visit(t, server, storage, reply, serverDict) {
	const { client } = newClient(t, server.url, { storage });
	const opened = client.connect();
	const peer = await server.accept();
	peer.useDictionary(serverDict);
	const { sys } = await peer.completeHandshake(reply);
	await opened;
	const sent = [];
	for (const route of EXPECTED) {
		client.notify(route);
		sent.push(await peer.message());
	}
	client.close();
	return { sys, routes: sent.map(({ route }) => route), codes: sent.map(({ compressRoute }) => compressRoute) };
}

test('the next connection names the dictionary, and uses it when the server omits it', async (t) => {
	const server = await FakeServer.start(t);
	const storage = new MemoryStorage();
	const first = await visit(t, server, storage, pomelo('v1', DICT), DICT);
	const second = await visit(t, server, storage, pomelo('v1', DICT), DICT);
	assert.equal('dictVersion' in first.sys, false);
	assert.equal(second.sys.dictVersion, 'v1');
	for (const { routes, codes } of [first, second]) {
		assert.deepEqual([routes, codes], [EXPECTED, [1, 1, 0]]);
	}
});

test('a new dictionary replaces the old one, at once and in the storage', async (t) => {
	const server = await FakeServer.start(t);
	const storage = new MemoryStorage();
	await visit(t, server, storage, pomelo('v1', DICT), DICT);
	const changed = await visit(t, server, storage, pomelo('v2', OTHER_DICT), OTHER_DICT);
	const again = await visit(t, server, storage, pomelo('v2', OTHER_DICT), OTHER_DICT);
	assert.deepEqual([changed.sys.dictVersion, again.sys.dictVersion], ['v1', 'v2']);
	assert.deepEqual([changed.routes, changed.codes], [EXPECTED, [1, 1, 0]]);
	assert.deepEqual([again.routes, again.codes], [EXPECTED, [1, 1, 0]]);
});

const WITHOUT_CACHED_DICTIONARY = {
	'a server without dictionary fields': { heartbeat: 30 },
	'a server with an empty dictionary': { dict: {} },
	'a server with an empty dictionary in use': { useDict: true, dict: {}, routeToCode: {} },
	'a server that names another version without a dictionary': { useDict: true, dictVersion: 'v2' },
	'a server that does not use a dictionary': { useDict: false }
};

for (const [name, sys] of Object.entries(WITHOUT_CACHED_DICTIONARY)) {
	test(`${name} receives routes as text, and the cached dictionary is removed`, async (t) => {
		const server = await FakeServer.start(t);
		const storage = new MemoryStorage();
		await visit(t, server, storage, pomelo('v1', DICT), DICT);
		const { codes, routes } = await visit(t, server, storage, { code: 200, sys }, {});
		assert.deepEqual([routes, codes], [EXPECTED, [0, 0, 0]]);
		assert.equal(storage.items.size, 0);
	});
}

test('a dictionary without a version, as that of nano, is used but not cached', async (t) => {
	const server = await FakeServer.start(t);
	const storage = new MemoryStorage();
	const { codes } = await visit(t, server, storage, { code: 200, sys: { dict: DICT } }, DICT);
	assert.deepEqual(codes, [1, 1, 0]);
	assert.equal(storage.items.size, 0);
});

test('dictionaries are cached per server address, without the query', async (t) => {
	const [red, blue] = [await FakeServer.start(t), await FakeServer.start(t)];
	const storage = new MemoryStorage();
	await visit(t, red, storage, pomelo('v1', DICT), DICT);
	const first = await visit(t, blue, storage, pomelo('v1', OTHER_DICT), OTHER_DICT);
	const withToken = { url: `${red.url}?token=secret`, accept: () => red.accept() };
	const second = await visit(t, withToken, storage, pomelo('v1', DICT), DICT);
	assert.equal('dictVersion' in first.sys, false);
	assert.equal(second.sys.dictVersion, 'v1');
	assert.deepEqual([first.routes, second.routes], [EXPECTED, EXPECTED]);
	assert.deepEqual([first.codes, second.codes], [[1, 1, 0], [1, 1, 0]]);
	assert.ok(![...storage.items.keys()].some((key) => key.includes('secret')));
});

const DAMAGE = {
	'with other codes': (text) => text.replace('"room.join":1,"room.leave":2', '"room.join":2,"room.leave":1'),
	'with another version': (text) => text.replace('v1', 'v2'),
	'that is truncated': (text) => text.slice(0, -3),
	'that is not JSON': () => 'dictionary',
	'of null': () => 'null',
	'without a dictionary': () => '{"version":"v1"}'
};

for (const [name, damage] of Object.entries(DAMAGE)) {
	test(`a stored dictionary ${name} is not named, so the server sends its own`, async (t) => {
		const server = await FakeServer.start(t);
		const storage = new MemoryStorage();
		await visit(t, server, storage, pomelo('v1', DICT), DICT);
		const [key, text] = [...storage.items][0];
		assert.notEqual(damage(text), text);
		storage.setItem(key, damage(text));
		const { sys, routes, codes } = await visit(t, server, storage, pomelo('v1', DICT), DICT);
		assert.equal('dictVersion' in sys, false);
		assert.deepEqual([routes, codes], [EXPECTED, [1, 1, 0]]);
	});
}

test('errors of the storage are ignored', async (t) => {
	const server = await FakeServer.start(t);
	const fail = () => {
		throw new Error('no room');
	};
	const storage = { getItem: fail, setItem: fail, removeItem: fail };
	const { routes, codes } = await visit(t, server, storage, pomelo('v1', DICT), DICT);
	assert.deepEqual([routes, codes], [EXPECTED, [1, 1, 0]]);
});

test('localStorage is used where there is a window, even one that forbids it', async (t) => {
	const server = await FakeServer.start(t);
	const localStorage = new MemoryStorage();
	globalThis.window = { localStorage };
	t.after(() => delete globalThis.window);
	await visit(t, server, undefined, pomelo('v1', DICT), DICT);
	assert.equal(localStorage.items.size, 0, 'an option that is undefined is an option');
	const { client } = newClient(t, server.url);
	client.connect();
	await server.acceptOpen(pomelo('v1', DICT));
	assert.equal(localStorage.items.size, 1);
	Object.defineProperty(globalThis.window, 'localStorage', {
		get: () => {
			throw new Error('SecurityError');
		}
	});
	newClient(t, server.url);
});

test('a reconnect uses the dictionary of the new server', async (t) => {
	const storage = new MemoryStorage();
	const { client, server, states, peer } = await openClient(t, { ...FAST_RECONNECT, storage, reply: pomelo('v1', DICT) });
	peer.terminate();
	await states.next();
	await states.next();
	const next = await server.acceptOpen(pomelo('v2', OTHER_DICT));
	await states.next();
	const received = new Queue();
	client.on('onMessage', (body) => received.push(body));
	client.notify('room.join');
	assert.equal((await next.message()).route, 'room.join');
	next.push('onMessage', { n: 1 });
	assert.deepEqual(await received.next(), { n: 1 });
});

test('malformed bytes clear the cached dictionary', async (t) => {
	const server = await FakeServer.start(t);
	const storage = new MemoryStorage();
	await visit(t, server, storage, pomelo('v1', DICT), DICT);
	const { client } = newClient(t, server.url, { ...FAST_RECONNECT, storage });
	client.connect();
	const peer = await server.accept();
	assert.equal((await peer.completeHandshake(pomelo('v1', DICT))).sys.dictVersion, 'v1');
	peer.useDictionary({ onNews: 9 });
	peer.push('onNews', {});
	const next = await server.accept();
	assert.equal('dictVersion' in (await next.completeHandshake(pomelo('v1', DICT))).sys, false);
});

test('ambiguous codes are ignored', async (t) => {
	const { client, peer } = await openClient(t, { reply: { code: 200, sys: { dict: { a: 1, b: 1, c: 1, d: 2 } } } });
	for (const [route, code] of [['a', 0], ['b', 0], ['c', 0], ['d', 1]]) {
		client.notify(route);
		const message = await peer.message();
		assert.deepEqual([message.route, message.compressRoute], [route, code]);
	}
});

test('routeToCode is used when dict is missing', async (t) => {
	const { client, peer } = await openClient(t, { reply: { code: 200, sys: { routeToCode: DICT } } });
	peer.useDictionary(DICT);
	client.notify('room.join');
	const message = await peer.message();
	assert.deepEqual([message.route, message.compressRoute], ['room.join', 1]);
});
