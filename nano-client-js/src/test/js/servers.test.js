// The handshakes and messages of the servers of the family.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';

import Protocol from 'pomelo-protocol';

import { protobuf } from '../../main/resources/META-INF/resources/nano/client.js';
import { FakeServer, Queue, data, newClient, openClient, push, response } from './fake-server.js';

const { Package } = Protocol;

const COMPRESSED = 0x10;
const ERROR = 0x20;

const SERVERS = {
	nano: { code: 200, sys: { heartbeat: 30, servertime: 1795211565 } },
	'nano with a dictionary': { code: 200, sys: { heartbeat: 30, servertime: 1795211565, dict: { 'room.join': 1, onMessage: 2 } } },
	pitaya: { code: 200, sys: { heartbeat: 30, dict: {}, serializer: 'json' } },
	'pomelo without a heartbeat': { code: 200, sys: {} },
	'pomelo with a dictionary': {
		code: 200,
		sys: {
			heartbeat: 3, useDict: true, dictVersion: 'xQmgmyW1Txej4QTBOXWXtQ==', dict: { 'room.join': 1, onMessage: 2 },
			routeToCode: { 'room.join': 1, onMessage: 2 }, codeToRoute: { 1: 'room.join', 2: 'onMessage' },
			useProto: true, protos: { client: {}, server: {}, version: 'none' }
		}
	},
	pinus: { code: 200, sys: { heartbeat: 3, useDict: true, dictVersion: 'v', dict: { 'room.join': 1, onMessage: 2 } }, user: {} },
	'nano for Spring Boot': {
		code: 200,
		sys: { heartbeat: 30, servertime: 1795220679, serializer: 'json', dict: {}, protos: { client: {}, server: {}, version: '' } }
	}
};

for (const [name, reply] of Object.entries(SERVERS)) {
	test(`${name}: request, push and heartbeat`, async (t) => {
		const { client, peer } = await openClient(t, { reply });
		const received = new Queue();
		client.on('onMessage', (body) => received.push(body));
		peer.send(Package.TYPE_HEARTBEAT);
		const joined = client.request('room.join', { name: 'Ann' });
		const { id, route } = await peer.message();
		assert.equal(route, 'room.join');
		peer.respond(id, { members: [] });
		assert.deepEqual(await joined, { members: [] });
		peer.push('onMessage', { n: 1 });
		assert.deepEqual(await received.next(), { n: 1 });
	});
}

test('pomelo: a body with only a code is an error', async (t) => {
	const { client, peer } = await openClient(t);
	const result = client.request('room.none');
	peer.respond((await peer.message()).id, { code: 500 });
	await assert.rejects(result, { name: 'NanoError', code: 500, msg: '', body: { code: 500 } });
});

test('pitaya: an error keeps the whole body', async (t) => {
	const { client, peer } = await openClient(t);
	const result = client.request('room.none');
	const body = { code: 'PIT-409', msg: 'full', metadata: { seats: '4' } };
	peer.bytes(response((await peer.message()).id, body, ERROR));
	await assert.rejects(result, { code: 'PIT-409', msg: 'full', body });
});

for (const [name, compress] of Object.entries({ zlib: deflateSync, gzip: gzipSync })) {
	test(`pitaya: packets compressed with ${name} are read in order`, async (t) => {
		const server = await FakeServer.start(t);
		const { client } = newClient(t, server.url);
		const received = new Queue();
		client.on('onMessage', ({ n }) => received.push(n));
		const opened = client.connect();
		const peer = await server.accept();
		await peer.packet();
		const handshake = compress(JSON.stringify({ code: 200, sys: { dict: {}, serializer: 'json' }, user: 'Ann' }));
		const packets = [Package.encode(Package.TYPE_HANDSHAKE, handshake)];
		for (let n = 0; n < 20; n++) {
			packets.push(n % 3 === 0 ? compressedPush('onMessage', { n }, compress) : push('onMessage', { n }));
		}
		peer.bytes(Buffer.concat(packets.slice(0, 7)));
		packets.slice(7).forEach((packet) => peer.bytes(packet));
		assert.equal(await opened, 'Ann');
		for (let n = 0; n < 20; n++) {
			assert.equal(await received.next(), n);
		}
		await peer.packet();
		const result = client.request('room.none');
		const { id } = await peer.message();
		peer.bytes(response(id, compress(JSON.stringify({ code: 'PIT-404', msg: 'none' })), ERROR | COMPRESSED));
		await assert.rejects(result, { code: 'PIT-404', msg: 'none' });
	});
}

test('a kick after a compressed push is delivered after it', async (t) => {
	const { client, peer } = await openClient(t);
	const received = new Queue();
	client.on('onMessage', ({ n }) => received.push(n));
	client.onKick(({ reason }) => received.push(reason));
	peer.bytes(Buffer.concat([compressedPush('onMessage', { n: 1 }, deflateSync), Package.encode(Package.TYPE_KICK)]));
	assert.deepEqual([await received.next(), await received.next()], [1, '']);
});

test('a push that is being inflated is dropped when the client is closed', async (t) => {
	const { client, peer, states } = await openClient(t);
	client.on('onFirst', () => queueMicrotask(() => client.close()));
	client.on('onSecond', () => assert.fail('received after close()'));
	peer.bytes(Buffer.concat([push('onFirst', {}), compressedPush('onSecond', {}, deflateSync)]));
	assert.equal((await states.next()).state, 'closed');
	await peer.closed;
});

test('a server with another serializer is rejected', async (t) => {
	for (const [theirs, serializer, name] of [['protobuf', undefined, 'json'], ['json', protobuf({}), 'protobuf']]) {
		const server = await FakeServer.start(t);
		const { client } = newClient(t, server.url, serializer && { serializer });
		const opened = client.connect();
		const peer = await server.accept();
		await peer.packet();
		peer.send(Package.TYPE_HANDSHAKE, JSON.stringify({ code: 200, sys: { serializer: theirs } }));
		const msg = `the server uses ${theirs}, this client ${name}: set the option serializer`;
		await assert.rejects(opened, { name: 'NanoError', code: 'serializer', msg });
		assert.equal(client.state, 'closed');
		await peer.closed;
	}
});

test('a server with pomelo-protobuf is rejected with the names of its routes', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	const peer = await server.accept();
	await peer.packet();
	const protos = { client: { 'room.join': {} }, server: { onMessage: {} }, version: 'v' };
	peer.send(Package.TYPE_HANDSHAKE, JSON.stringify({ code: 200, sys: { useProto: true, protos } }));
	await assert.rejects(opened, { code: 'serializer', msg: /pomelo-protobuf.* room\.join, onMessage$/ });
});

test('further fields of sys are sent, and the version may be replaced', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url, { sys: { version: '2.5.0', platform: 'ios' } });
	client.connect();
	const { sys } = await (await server.accept()).completeHandshake();
	assert.deepEqual(sys, { type: 'js-websocket', version: '2.5.0', platform: 'ios', compression: 'zlib', resume: {} });
});

function compressedPush(route, body, compress) {
	const name = Buffer.from(route);
	const bytes = compress(JSON.stringify(body));
	return data(Buffer.concat([Buffer.of(0x06 | COMPRESSED, name.length), name, bytes]));
}
