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
	const request = await peer.shakeHands();
	assert.deepEqual(request, { sys: { type: 'js-websocket', version: '0.0.1' }, user: { token: 'x' } });
});

test('connect resolves with what the server says of the user', async (t) => {
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

test('nobody hears a listener that was taken off', async (t) => {
	const { client } = newClient(t, 'ws://127.0.0.1:1/');
	const off = client.onState(() => assert.fail('still listening'));
	off();
	client.close();
});

test('all listeners hear all changes in their order, also those that a listener makes', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	client.onState(({ state }) => state === 'open' && client.close());
	const heard = [];
	client.onState(({ state }) => heard.push(state));
	client.connect();
	await (await server.acceptOpen()).gone;
	assert.deepEqual(heard, ['connecting', 'open', 'closed']);
});

test('a closed client may connect again', async (t) => {
	const { client, server } = await openClient(t);
	client.close();
	const opened = client.connect();
	await server.acceptOpen();
	await opened;
	assert.equal(client.state, 'open');
});

test('a second answer to the handshake changes nothing', async (t) => {
	const { client, states, peer } = await openClient(t, { answer: { code: 200, sys: { dict: { 'room.join': 1 } } } });
	peer.send(1, '{"code":200,"sys":{"dict":{"room.join":2}}}');
	peer.send(1, '{"code":500}');
	const answer = client.request('room.join');
	peer.respond((await peer.message()).id, {});
	assert.deepEqual(await answer, {});
	client.close();
	assert.equal((await states.next()).state, 'closed');
});

test('a refused handshake closes for good and says why', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url);
	const opened = client.connect();
	const peer = await server.accept();
	await peer.packet();
	peer.send(1, '{"code":501,"msg":"too old","sys":{}}');
	await assert.rejects(opened, { name: 'NanoError', code: 501, msg: 'too old' });
	assert.equal(client.state, 'closed');
	await peer.gone;
});

test('a refusal needs neither sys nor words', async (t) => {
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

test('a server that never answers the handshake is given up', async (t) => {
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

test('a URL that is none rejects', async (t) => {
	const { client } = newClient(t, 'no url');
	await assert.rejects(client.connect(), { code: 'url' });
	assert.equal(client.state, 'closed');
});

test('a user that JSON cannot hold rejects', async (t) => {
	const { client } = newClient(t, 'ws://127.0.0.1:1/', { user: { id: 1n } });
	await assert.rejects(client.connect(), { name: 'NanoError', code: 'user', msg: /^the handshake cannot be written: / });
	assert.equal(client.state, 'closed');
});

test('a user may be changed before the next connection, such as a token that expires', async (t) => {
	const user = { token: 'first' };
	const { server, peer } = await openClient(t, { user, reconnectDelay: 5, maxReconnectDelay: 10 });
	user.token = 'second';
	peer.cut();
	assert.deepEqual((await (await server.accept()).shakeHands()).user, { token: 'second' });
});

test('a platform without WebSocket is told so', () => {
	assert.throws(() => new NanoClient('ws://127.0.0.1:1/', { WebSocket: undefined }), /no WebSocket here/);
});
