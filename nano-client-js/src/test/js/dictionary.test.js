import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeServer, Queue, newClient, openClient } from './fake-server.js';

const SOON = { reconnectDelay: 5, maxReconnectDelay: 10 };
const DICT = { 'room.join': 1, 'room.leave': 2, onMessage: 3 };
const OTHER_DICT = { 'room.join': 2, 'room.leave': 1, onMessage: 3 };
const EXPECTED = ['room.join', 'room.leave', 'room.message'];

/** What localStorage is, as far as the client uses it. */
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

/** Answers as pomelo's hybrid connector does: no dictionary for those who name the version it has. */
const pomelo = (dictVersion, dict) => ({ sys }) => (sys.dictVersion === dictVersion
	? { code: 200, sys: { heartbeat: 30, useDict: true } }
	: { code: 200, sys: { heartbeat: 30, useDict: true, dict, routeToCode: dict, dictVersion } });

/** A visit of a new client with this storage: what it said in its handshake, and the routes as the server reads them. */
async function visit(t, server, storage, answer, serverDict) {
	const { client } = newClient(t, server.url, { storage });
	const opened = client.connect();
	const peer = await server.accept();
	peer.knows(serverDict);
	const { sys } = await peer.shakeHands(answer);
	await opened;
	const sent = [];
	for (const route of EXPECTED) {
		client.notify(route);
		sent.push(await peer.message());
	}
	client.close();
	return { sys, routes: sent.map(({ route }) => route), codes: sent.map(({ compressRoute }) => compressRoute) };
}

test('a dictionary is named the next time, and used when the server leaves it out', async (t) => {
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

test('a new dictionary replaces the old one, at once and for the next time', async (t) => {
	const server = await FakeServer.start(t);
	const storage = new MemoryStorage();
	await visit(t, server, storage, pomelo('v1', DICT), DICT);
	const changed = await visit(t, server, storage, pomelo('v2', OTHER_DICT), OTHER_DICT);
	const again = await visit(t, server, storage, pomelo('v2', OTHER_DICT), OTHER_DICT);
	assert.deepEqual([changed.sys.dictVersion, again.sys.dictVersion], ['v1', 'v2']);
	assert.deepEqual([changed.routes, changed.codes], [EXPECTED, [1, 1, 0]]);
	assert.deepEqual([again.routes, again.codes], [EXPECTED, [1, 1, 0]]);
});

const NO_DICTIONARY_ANY_MORE = {
	'a server that says nothing of dictionaries': { heartbeat: 30 },
	'a server with an empty dictionary': { dict: {} },
	'a server with an empty dictionary that it calls used': { useDict: true, dict: {}, routeToCode: {} },
	'a server that names another version and sends nothing': { useDict: true, dictVersion: 'v2' },
	'a server that does not use one': { useDict: false }
};

for (const [name, sys] of Object.entries(NO_DICTIONARY_ANY_MORE)) {
	test(`${name} gets routes as text, and the old dictionary is forgotten`, async (t) => {
		const server = await FakeServer.start(t);
		const storage = new MemoryStorage();
		await visit(t, server, storage, pomelo('v1', DICT), DICT);
		const { codes, routes } = await visit(t, server, storage, { code: 200, sys }, {});
		assert.deepEqual([routes, codes], [EXPECTED, [0, 0, 0]]);
		assert.equal(storage.items.size, 0);
	});
}

test('a dictionary without a version is used and not kept, as that of nano', async (t) => {
	const server = await FakeServer.start(t);
	const storage = new MemoryStorage();
	const { codes } = await visit(t, server, storage, { code: 200, sys: { dict: DICT } }, DICT);
	assert.deepEqual(codes, [1, 1, 0]);
	assert.equal(storage.items.size, 0);
});

test('each server has a dictionary of its own, whatever follows the path', async (t) => {
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
	'that is cut': (text) => text.slice(0, -3),
	'that is no JSON': () => 'dictionary',
	'of null': () => 'null',
	'without a dictionary': () => '{"version":"v1"}'
};

for (const [name, damage] of Object.entries(DAMAGE)) {
	test(`a stored dictionary ${name} is not named, so a whole one comes`, async (t) => {
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

test('a storage that throws is no harm', async (t) => {
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

test('the dictionary of a reconnect is that of the new server, not that of the old', async (t) => {
	const storage = new MemoryStorage();
	const { client, server, states, peer } = await openClient(t, { ...SOON, storage, answer: pomelo('v1', DICT) });
	peer.cut();
	await states.next();
	await states.next();
	const next = await server.acceptOpen(pomelo('v2', OTHER_DICT));
	await states.next();
	const heard = new Queue();
	client.on('onMessage', (body) => heard.push(body));
	client.notify('room.join');
	assert.equal((await next.message()).route, 'room.join');
	next.push('onMessage', { n: 1 });
	assert.deepEqual(await heard.next(), { n: 1 });
});

test('after bytes that make no sense the dictionary is asked for anew', async (t) => {
	const server = await FakeServer.start(t);
	const storage = new MemoryStorage();
	await visit(t, server, storage, pomelo('v1', DICT), DICT);
	const { client } = newClient(t, server.url, { ...SOON, storage });
	client.connect();
	const peer = await server.accept();
	assert.equal((await peer.shakeHands(pomelo('v1', DICT))).sys.dictVersion, 'v1');
	peer.knows({ onNews: 9 });
	peer.push('onNews', {});
	const next = await server.accept();
	assert.equal('dictVersion' in (await next.shakeHands(pomelo('v1', DICT))).sys, false);
});

test('a code that stands for two routes stands for none', async (t) => {
	const { client, peer } = await openClient(t, { answer: { code: 200, sys: { dict: { a: 1, b: 1, c: 1, d: 2 } } } });
	for (const [route, code] of [['a', 0], ['b', 0], ['c', 0], ['d', 1]]) {
		client.notify(route);
		const message = await peer.message();
		assert.deepEqual([message.route, message.compressRoute], [route, code]);
	}
});

test('the codes of routeToCode do when there are no others', async (t) => {
	const { client, peer } = await openClient(t, { answer: { code: 200, sys: { routeToCode: DICT } } });
	peer.knows(DICT);
	client.notify('room.join');
	const message = await peer.message();
	assert.deepEqual([message.route, message.compressRoute], ['room.join', 1]);
});
