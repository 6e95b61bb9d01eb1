import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NanoClient } from '../../main/resources/META-INF/resources/nano/client.js';
import { FakeServer, newClient, openClient } from './fake-server.js';

test('a new client is idle', (t) => {
	const { client } = newClient(t, 'ws://127.0.0.1:1/');
	assert.equal(client.state, 'idle');
});

test('the handshake names a JavaScript WebSocket client and carries the user', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url, { user: { token: 'x' } });
	client.connect();
	const peer = await server.accept();
	const request = await peer.completeHandshake();
	const sys = { type: 'js-websocket', version: '0.0.1', compression: 'zlib', resume: {} };
	assert.deepEqual(request, { sys, user: { token: 'x' } });
});

test('a client that cannot inflate announces no compression', async (t) => {
	const { DecompressionStream } = globalThis;
	globalThis.DecompressionStream = undefined;
	t.after(() => {
		globalThis.DecompressionStream = DecompressionStream;
	});
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	client.connect();
	const { sys } = await (await server.accept()).completeHandshake();
	assert.deepEqual(sys, { type: 'js-websocket', version: '0.0.1', resume: {} });
});

test('connect resolves with the user data of the handshake', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	await server.acceptOpen({ code: 200, sys: {}, user: { level: 7 } });
	assert.deepEqual(await opened, { level: 7 });
	assert.deepEqual(await client.connect(), { level: 7 });
});

test('the states go from connecting to open to closed', async (t) => {
	const server = await FakeServer.start(t);
	const { client, states } = newClient(t, server.url);
	client.connect();
	assert.deepEqual(await states.next(), { state: 'connecting' });
	await server.acceptOpen();
	assert.deepEqual(await states.next(), { state: 'open' });
	client.close();
	const closed = await states.next();
	assert.equal(closed.state, 'closed');
	assert.equal(closed.error.code, 'closed');
	assert.equal(client.state, 'closed');
});

test('a removed listener is not called', async (t) => {
	const { client } = newClient(t, 'ws://127.0.0.1:1/');
	const off = client.onState(() => assert.fail('still listening'));
	off();
	client.close();
});

test('all listeners are notified of all changes in order, including those that a listener makes', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	client.onState(({ state }) => state === 'open' && client.close());
	const received = [];
	client.onState(({ state }) => received.push(state));
	client.connect();
	await (await server.acceptOpen()).closed;
	assert.deepEqual(received, ['connecting', 'open', 'closed']);
});

test('a closed client may connect again', async (t) => {
	const { client, server } = await openClient(t);
	client.close();
	const opened = client.connect();
	await server.acceptOpen();
	await opened;
	assert.equal(client.state, 'open');
});

test('a second handshake response is ignored', async (t) => {
	const { client, states, peer } = await openClient(t, { reply: { code: 200, sys: { dict: { 'room.join': 1 } } } });
	peer.send(1, '{"code":200,"sys":{"dict":{"room.join":2}}}');
	peer.send(1, '{"code":500}');
	const result = client.request('room.join');
	peer.respond((await peer.message()).id, {});
	assert.deepEqual(await result, {});
	client.close();
	assert.equal((await states.next()).state, 'closed');
});

test('a rejected handshake closes the client with its reason', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	const peer = await server.accept();
	await peer.packet();
	peer.send(1, '{"code":501,"msg":"too old","sys":{}}');
	await assert.rejects(opened, { name: 'NanoError', code: 501, msg: 'too old' });
	assert.equal(client.state, 'closed');
	await peer.closed;
});

test('a rejection needs neither sys nor a message', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	const peer = await server.accept();
	peer.send(1, '{"code":500}');
	await assert.rejects(opened, { code: 500, msg: 'handshake refused' });
});

test('without reconnect the first failure rejects', async (t) => {
	const { client } = newClient(t, 'ws://127.0.0.1:1/', { reconnect: false });
	await assert.rejects(client.connect(), { code: 'lost' });
	assert.equal(client.state, 'closed');
});

test('a handshake without a response times out', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url, { reconnect: false, connectTimeout: 50 });
	await assert.rejects(client.connect(), { code: 'timeout' });
});

test('closing while connecting rejects the opening', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	client.close();
	await assert.rejects(opened, { code: 'closed' });
});

test('an invalid URL rejects', async (t) => {
	const { client } = newClient(t, 'no url');
	await assert.rejects(client.connect(), { code: 'url' });
	assert.equal(client.state, 'closed');
});

test('a user that JSON cannot hold rejects', async (t) => {
	const { client } = newClient(t, 'ws://127.0.0.1:1/', { user: { id: 1n } });
	await assert.rejects(client.connect(), { name: 'NanoError', code: 'user', msg: /^the handshake cannot be written: / });
	assert.equal(client.state, 'closed');
});

test('a changed user, such as a new token, is sent with the next handshake', async (t) => {
	const user = { token: 'first' };
	const { server, peer } = await openClient(t, { user, reconnectDelay: 5, maxReconnectDelay: 10 });
	user.token = 'second';
	peer.terminate();
	assert.deepEqual((await (await server.accept()).completeHandshake()).user, { token: 'second' });
});

test('a platform without WebSocket is rejected', () => {
	assert.throws(() => new NanoClient('ws://127.0.0.1:1/', { WebSocket: undefined }), /no WebSocket here/);
});
