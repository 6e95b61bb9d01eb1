import assert from 'node:assert/strict';
import { test } from 'node:test';

import protobufjs from 'protobufjs';

import { protobuf, raw } from '../../main/resources/META-INF/resources/nano/client.js';
import { FakeServer, Queue, newClient, openClient, push, response } from './fake-server.js';

const { root } = protobufjs.parse(`
	syntax = "proto3";
	message Join { string name = 1; enum Side { RED = 0; BLUE = 1; } Side side = 2; }
	message Joined { repeated string members = 1; }
	message Chat { string text = 1; }
`);
const [Join, Joined, Chat] = ['Join', 'Joined', 'Chat'].map((name) => root.lookupType(name));

const TYPES = { 'room.join': { sends: Join, receives: Joined }, 'room.chat': { sends: Chat }, onChat: { receives: Chat } };

const encode = (type, object) => Buffer.from(type.encode(object).finish());

test('protobuf: requests, responses, notifies and pushes have the types of their routes', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	const received = new Queue();
	client.on('onChat', (chat) => received.push(chat));

	const result = client.request('room.join', { name: 'Ann', side: 'BLUE' });
	const request = await peer.binaryMessage();
	assert.deepEqual(Join.toObject(Join.decode(request.body)), { name: 'Ann', side: 1 });
	peer.respond(request.id, encode(Joined, { members: ['Ann', 'Bob'] }));
	assert.deepEqual((await result).members, ['Ann', 'Bob']);

	client.notify('room.chat', { text: 'hello' });
	assert.equal(Chat.decode((await peer.binaryMessage()).body).text, 'hello');
	peer.push('onChat', encode(Chat, { text: 'hello, too' }));
	assert.equal((await received.next()).text, 'hello, too');
});

test('protobuf: an empty body is an empty message', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	const result = client.request('room.join');
	const { id, body } = await peer.binaryMessage();
	assert.equal(body.length, 0);
	peer.respond(id, Buffer.alloc(0));
	assert.deepEqual((await result).members, []);
});

test('protobuf: types without fromObject work, too', async (t) => {
	const type = { encode: (text) => ({ finish: () => Buffer.from(text) }), decode: (bytes) => Buffer.from(bytes).toString() };
	const { client, peer } = await openClient(t, { serializer: protobuf({ 'a.b': { sends: type, receives: type } }) });
	const result = client.request('a.b', 'ping');
	const { id, body } = await peer.binaryMessage();
	assert.equal(String(body), 'ping');
	peer.respond(id, Buffer.from('pong'));
	assert.equal(await result, 'pong');
});

test('protobuf: routes without a type carry bytes only', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	const result = client.request('any.thing', Uint8Array.of(1, 2, 3));
	const { id, body } = await peer.binaryMessage();
	assert.deepEqual([...body], [1, 2, 3]);
	peer.respond(id, Buffer.of(4, 5));
	assert.deepEqual(await result, Uint8Array.of(4, 5));
	await assert.rejects(client.request('toString', { n: 1 }), { name: 'TypeError', message: /^toString: no protobuf type/ });
	assert.throws(() => client.notify('onChat', { n: 1 }), TypeError);
});

test('protobuf: a value that does not fit its type is rejected, and nothing is sent', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	await assert.rejects(client.request('room.join', 'Ann'), TypeError);
	client.notify('room.chat', { text: 'the next' });
	assert.equal((await peer.binaryMessage()).route, 'room.chat');
});

test('protobuf: a response that does not fit its type ends the connection', async (t) => {
	const { client, peer, states } = await openClient(t, { serializer: protobuf(TYPES) });
	const result = client.request('room.join');
	peer.respond((await peer.binaryMessage()).id, Buffer.of(0x0a, 100));
	await assert.rejects(result, { code: 'protocol' });
	assert.equal((await states.next()).state, 'waiting');
});

for (const serializer of [raw, protobuf(TYPES)]) {
	test(`${serializer.name}: the client requests flagged errors and reads them, as JSON and as protobuf`, async (t) => {
		const server = await FakeServer.start(t);
		const { client } = newClient(t, server.url, { serializer });
		const opened = client.connect();
		const peer = await server.accept();
		const { sys } = await peer.completeHandshake({ code: 200, sys: { serializer: serializer.name } });
		assert.deepEqual(sys, {
			type: 'js-websocket', version: '0.0.1', platform: 'js', libVersion: '0.0.1', compression: 'zlib', resume: {}
		});
		await opened;
		const responses = [client.request('a.a'), client.request('b.b'), client.request('c.c')];
		peer.bytes(response((await peer.binaryMessage()).id, { code: 'PIT-404', msg: 'no such route' }, 0x20));
		const inProtobuf = Buffer.from([0x0a, 7, ...Buffer.from('PIT-403'), 0x12, 2, ...Buffer.from('no')]);
		peer.bytes(response((await peer.binaryMessage()).id, inProtobuf, 0x20));
		peer.bytes(response((await peer.binaryMessage()).id, Buffer.alloc(0), 0x20));
		await assert.rejects(responses[0], { code: 'PIT-404', msg: 'no such route' });
		await assert.rejects(responses[1], { code: 'PIT-403', msg: 'no' });
		await assert.rejects(responses[2], { code: 'unknown', msg: '' });
	});
}

test('protobuf: a message that resembles an error is a result', async (t) => {
	const Result = protobufjs.parse('syntax = "proto3"; message R { int32 code = 1; string msg = 2; }').root.lookupType('R');
	const { client, peer } = await openClient(t, { serializer: protobuf({ 'a.b': { receives: Result } }) });
	const result = client.request('a.b');
	peer.respond((await peer.binaryMessage()).id, encode(Result, { code: 404, msg: 'rooms' }));
	assert.equal((await result).code, 404);
});

test('raw: bytes and text are sent unchanged, bytes are received', async (t) => {
	const { client, peer } = await openClient(t, { serializer: raw });
	const bytes = Uint8Array.of(0, 1, 2, 255);
	const sendable = [bytes, bytes.buffer, new DataView(bytes.buffer), Buffer.from(bytes)];
	for (const value of sendable) {
		client.notify('a.b', value);
		assert.deepEqual([...(await peer.binaryMessage()).body], [0, 1, 2, 255]);
	}
	client.notify('a.b', bytes.subarray(1, 3));
	assert.deepEqual([...(await peer.binaryMessage()).body], [1, 2]);
	client.notify('a.b', 'ü');
	assert.deepEqual([...(await peer.binaryMessage()).body], [0xc3, 0xbc]);
	client.notify('a.b');
	assert.equal((await peer.binaryMessage()).body.length, 0);
	assert.throws(() => client.notify('a.b', { n: 1 }), { name: 'TypeError', message: /a\.b.*not object/ });
});

test('raw: a listener receives a copy', async (t) => {
	const { client, peer } = await openClient(t, { serializer: raw });
	const received = new Queue();
	client.on('onBytes', (body) => {
		received.push([body.buffer.byteLength, ...body]);
		body.fill(0);
	});
	client.on('onMore', (body) => received.push([...body]));
	peer.bytes(Buffer.concat([push('onBytes', Buffer.of(1, 2, 3)), push('onMore', Buffer.of(4))]));
	assert.deepEqual([await received.next(), await received.next()], [[3, 1, 2, 3], [4]]);
});

test('JSON: bytes are sent unchanged', async (t) => {
	const { client, peer } = await openClient(t);
	client.notify('a.b', Uint8Array.of(1, 2, 3));
	assert.deepEqual([...(await peer.binaryMessage()).body], [1, 2, 3]);
});

for (const value of [() => {}, Symbol('x')]) {
	test(`JSON: a ${typeof value} is rejected`, async (t) => {
		const { client } = await openClient(t);
		assert.throws(() => client.notify('a.b', value), { name: 'TypeError', message: `JSON cannot hold a ${typeof value}` });
	});
}

test('a custom serializer', async (t) => {
	const lines = {
		name: 'lines',
		encode: (value, route) => Buffer.from(`${route}|${value}`),
		decode: (bytes, route) => `${route}|${Buffer.from(bytes)}`
	};
	const { client, peer } = await openClient(t, { serializer: lines, reply: { code: 200, sys: { serializer: 'json' } } });
	const received = new Queue();
	client.on('onLine', (line) => received.push(line));
	const result = client.request('a.b', 'x');
	const { id, body } = await peer.binaryMessage();
	assert.equal(String(body), 'a.b|x');
	peer.respond(id, Buffer.from('y'));
	assert.equal(await result, 'a.b|y');
	peer.push('onLine', Buffer.from('z'));
	assert.equal(await received.next(), 'onLine|z');
});

test('a push without listeners is not decoded', async (t) => {
	const { client, peer } = await openClient(t);
	client.on('onMessage', () => {})();
	peer.push('onMessage', Buffer.from('{'));
	const result = client.request('any.thing');
	peer.respond((await peer.message()).id, {});
	assert.deepEqual(await result, {});
});
