import assert from 'node:assert/strict';
import { test } from 'node:test';

import protobufjs from 'protobufjs';

import { protobuf, raw } from '../../main/resources/META-INF/resources/nano/client.js';
import { FakeServer, Queue, newClient, openClient, push, response } from './fake-server.js';

const { root } = protobufjs.parse(`
	syntax = "proto3";
	message Join { string name = 1; enum Side { RED = 0; BLUE = 1; } Side side = 2; }
	message Joined { repeated string members = 1; }
	message Said { string words = 1; }
`);
const [Join, Joined, Said] = ['Join', 'Joined', 'Said'].map((name) => root.lookupType(name));

const TYPES = { 'room.join': { sends: Join, receives: Joined }, 'room.say': { sends: Said }, onSaid: { receives: Said } };

const encode = (type, object) => Buffer.from(type.encode(object).finish());

test('protobuf: requests, responses, notifies and pushes have the types of their routes', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	const heard = new Queue();
	client.on('onSaid', (said) => heard.push(said));

	const answer = client.request('room.join', { name: 'Ann', side: 'BLUE' });
	const request = await peer.binaryMessage();
	assert.deepEqual(Join.toObject(Join.decode(request.body)), { name: 'Ann', side: 1 });
	peer.respond(request.id, encode(Joined, { members: ['Ann', 'Bob'] }));
	assert.deepEqual((await answer).members, ['Ann', 'Bob']);

	client.notify('room.say', { words: 'hello' });
	assert.equal(Said.decode((await peer.binaryMessage()).body).words, 'hello');
	peer.push('onSaid', encode(Said, { words: 'hello, too' }));
	assert.equal((await heard.next()).words, 'hello, too');
});

test('protobuf: an empty body is an empty message', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	const answer = client.request('room.join');
	const { id, body } = await peer.binaryMessage();
	assert.equal(body.length, 0);
	peer.respond(id, Buffer.alloc(0));
	assert.deepEqual((await answer).members, []);
});

test('protobuf: types without fromObject do too', async (t) => {
	const type = { encode: (text) => ({ finish: () => Buffer.from(text) }), decode: (bytes) => Buffer.from(bytes).toString() };
	const { client, peer } = await openClient(t, { serializer: protobuf({ 'a.b': { sends: type, receives: type } }) });
	const answer = client.request('a.b', 'ping');
	const { id, body } = await peer.binaryMessage();
	assert.equal(String(body), 'ping');
	peer.respond(id, Buffer.from('pong'));
	assert.equal(await answer, 'pong');
});

test('protobuf: without a type bytes go and come, and nothing else', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	const answer = client.request('any.thing', Uint8Array.of(1, 2, 3));
	const { id, body } = await peer.binaryMessage();
	assert.deepEqual([...body], [1, 2, 3]);
	peer.respond(id, Buffer.of(4, 5));
	assert.deepEqual(await answer, Uint8Array.of(4, 5));
	await assert.rejects(client.request('toString', { n: 1 }), { name: 'TypeError', message: /^toString: no protobuf type/ });
	assert.throws(() => client.notify('onSaid', { n: 1 }), TypeError);
});

test('protobuf: a value that does not fit its type is refused, and nothing is sent', async (t) => {
	const { client, peer } = await openClient(t, { serializer: protobuf(TYPES) });
	await assert.rejects(client.request('room.join', 'Ann'), TypeError);
	client.notify('room.say', { words: 'the next' });
	assert.equal((await peer.binaryMessage()).route, 'room.say');
});

test('protobuf: an answer that does not fit its type ends the connection', async (t) => {
	const { client, peer, states } = await openClient(t, { serializer: protobuf(TYPES) });
	const answer = client.request('room.join');
	peer.respond((await peer.binaryMessage()).id, Buffer.of(0x0a, 100));
	await assert.rejects(answer, { code: 'protocol' });
	assert.equal((await states.next()).state, 'waiting');
});

for (const serializer of [raw, protobuf(TYPES)]) {
	test(`${serializer.name}: the client says it reads flagged errors, of JSON and of protobuf`, async (t) => {
		const server = await FakeServer.start(t);
		const { client } = newClient(t, server.url, { serializer });
		const opened = client.connect();
		const peer = await server.accept();
		const { sys } = await peer.shakeHands({ code: 200, sys: { serializer: serializer.name } });
		assert.deepEqual(sys, { type: 'js-websocket', version: '0.0.1', platform: 'js', libVersion: '0.0.1' });
		await opened;
		const answers = [client.request('a.a'), client.request('b.b'), client.request('c.c')];
		peer.bytes(response((await peer.binaryMessage()).id, { code: 'PIT-404', msg: 'no such route' }, 0x20));
		const inProtobuf = Buffer.from([0x0a, 7, ...Buffer.from('PIT-403'), 0x12, 2, ...Buffer.from('no')]);
		peer.bytes(response((await peer.binaryMessage()).id, inProtobuf, 0x20));
		peer.bytes(response((await peer.binaryMessage()).id, Buffer.alloc(0), 0x20));
		await assert.rejects(answers[0], { code: 'PIT-404', msg: 'no such route' });
		await assert.rejects(answers[1], { code: 'PIT-403', msg: 'no' });
		await assert.rejects(answers[2], { code: 'unknown', msg: '' });
	});
}

test('protobuf: a message that looks like an error is a result', async (t) => {
	const Result = protobufjs.parse('syntax = "proto3"; message R { int32 code = 1; string msg = 2; }').root.lookupType('R');
	const { client, peer } = await openClient(t, { serializer: protobuf({ 'a.b': { receives: Result } }) });
	const answer = client.request('a.b');
	peer.respond((await peer.binaryMessage()).id, encode(Result, { code: 404, msg: 'rooms' }));
	assert.equal((await answer).code, 404);
});

test('raw: bytes of all kinds and text go as they are, bytes come', async (t) => {
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

test('raw: what came is the listener\'s own', async (t) => {
	const { client, peer } = await openClient(t, { serializer: raw });
	const heard = new Queue();
	client.on('onBytes', (body) => {
		heard.push([body.buffer.byteLength, ...body]);
		body.fill(0);
	});
	client.on('onMore', (body) => heard.push([...body]));
	peer.bytes(Buffer.concat([push('onBytes', Buffer.of(1, 2, 3)), push('onMore', Buffer.of(4))]));
	assert.deepEqual([await heard.next(), await heard.next()], [[3, 1, 2, 3], [4]]);
});

test('JSON: bytes go as they are', async (t) => {
	const { client, peer } = await openClient(t);
	client.notify('a.b', Uint8Array.of(1, 2, 3));
	assert.deepEqual([...(await peer.binaryMessage()).body], [1, 2, 3]);
});

for (const value of [() => {}, Symbol('x')]) {
	test(`JSON: a ${typeof value} is refused`, async (t) => {
		const { client } = await openClient(t);
		assert.throws(() => client.notify('a.b', value), { name: 'TypeError', message: `JSON cannot hold a ${typeof value}` });
	});
}

test('a serializer of your own', async (t) => {
	const lines = {
		name: 'lines',
		encode: (value, route) => Buffer.from(`${route}|${value}`),
		decode: (bytes, route) => `${route}|${Buffer.from(bytes)}`
	};
	const { client, peer } = await openClient(t, { serializer: lines, answer: { code: 200, sys: { serializer: 'json' } } });
	const heard = new Queue();
	client.on('onLine', (line) => heard.push(line));
	const answer = client.request('a.b', 'x');
	const { id, body } = await peer.binaryMessage();
	assert.equal(String(body), 'a.b|x');
	peer.respond(id, Buffer.from('y'));
	assert.equal(await answer, 'a.b|y');
	peer.push('onLine', Buffer.from('z'));
	assert.equal(await heard.next(), 'onLine|z');
});

test('a push that nobody listens to is not decoded', async (t) => {
	const { client, peer } = await openClient(t);
	client.on('onMessage', () => {})();
	peer.push('onMessage', Buffer.from('{'));
	const answer = client.request('any.thing');
	peer.respond((await peer.message()).id, {});
	assert.deepEqual(await answer, {});
});
