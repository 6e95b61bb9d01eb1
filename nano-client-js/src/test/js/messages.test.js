import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Queue, newClient, openClient, push, response } from './fake-server.js';

const DICT = { 'room.join': 1, 'room.message': 300, onMessage: 2, onFar: 65535 };

test('a request resolves with the body of its response', async (t) => {
	const { client, peer } = await openClient(t);
	const result = client.request('room.join', { name: 'ada' });
	const request = await peer.message();
	assert.deepEqual([request.type, request.route, request.body], [0, 'room.join', { name: 'ada' }]);
	peer.respond(request.id, { code: 0, result: 'success' });
	assert.deepEqual(await result, { code: 0, result: 'success' });
});

test('a request without a body sends an empty object', async (t) => {
	const { client, peer } = await openClient(t);
	client.request('room.leave').catch(() => {});
	assert.deepEqual((await peer.message()).body, {});
});

test('responses complete their requests in any order', async (t) => {
	const { client, peer } = await openClient(t);
	const responses = [client.request('a.a'), client.request('b.b'), client.request('c.c')];
	const requests = [await peer.message(), await peer.message(), await peer.message()];
	requests.reverse().forEach(({ id, route }) => peer.respond(id, { route }));
	assert.deepEqual((await Promise.all(responses)).map((body) => body.route), ['a.a', 'b.b', 'c.c']);
});

test('request ids grow past one byte', async (t) => {
	const { client, peer } = await openClient(t);
	for (let i = 1; i <= 300; i++) {
		const result = client.request('echo.echo', { i });
		const { id } = await peer.message();
		assert.equal(id, i);
		peer.respond(id, { i });
		assert.deepEqual(await result, { i });
	}
});

test('a notification has no id', async (t) => {
	const { client, peer } = await openClient(t);
	client.notify('room.message', { content: 'Grüße 👋' });
	const notify = await peer.message();
	assert.deepEqual([notify.type, notify.id, notify.route], [1, 0, 'room.message']);
	assert.deepEqual(notify.body, { content: 'Grüße 👋' });
});

test('a push reaches the listeners of its route until they are removed', async (t) => {
	const { client, peer } = await openClient(t);
	const received = new Queue();
	const off = client.on('onMessage', (body) => received.push(['first', body]));
	client.on('onMessage', (body) => received.push(['second', body]));
	peer.push('onOther', {});
	peer.push('onMessage', { n: 1 });
	assert.deepEqual([await received.next(), await received.next()], [['first', { n: 1 }], ['second', { n: 1 }]]);
	off();
	peer.push('onMessage', { n: 2 });
	assert.deepEqual(await received.next(), ['second', { n: 2 }]);
});

test('a listener that is added during a push receives the next one', async (t) => {
	const { client, peer } = await openClient(t);
	const received = new Queue();
	const off = client.on('onMessage', ({ n }) => {
		received.push(['early', n]);
		off();
		client.on('onMessage', (body) => received.push(['late', body.n]));
	});
	peer.push('onMessage', { n: 1 });
	peer.push('onMessage', { n: 2 });
	assert.deepEqual([await received.next(), await received.next()], [['early', 1], ['late', 2]]);
});

test('a route may have the name of an event of the client', async (t) => {
	const { client, peer } = await openClient(t);
	const received = new Queue();
	client.on('state', (body) => received.push(body));
	peer.push('state', { hp: 10 });
	assert.deepEqual(await received.next(), { hp: 10 });
});

test('dictionary routes are sent and received as codes', async (t) => {
	const { client, peer } = await openClient(t, { reply: { code: 200, sys: { dict: DICT } } });
	const received = new Queue();
	client.on('onMessage', (body) => received.push(body));
	client.on('onFar', (body) => received.push(body));
	client.notify('room.message', {});
	client.notify('room.other', {});
	assert.deepEqual([await peer.message(), await peer.message()].map((m) => [m.compressRoute, m.route]),
		[[1, 'room.message'], [0, 'room.other']]);
	peer.push('onMessage', { n: 1 });
	peer.push('onFar', { n: 2 });
	peer.bytes(push('onMessage', { n: 3 }));
	assert.deepEqual([await received.next(), await received.next(), await received.next()], [{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test('a response with a code of 400 or more and a msg is an error', async (t) => {
	const { client, peer } = await openClient(t);
	const result = client.request('room.none');
	peer.respond((await peer.message()).id, { code: 404, msg: 'no such route' });
	await assert.rejects(result, { name: 'NanoError', code: 404, msg: 'no such route', message: 'no such route' });
});

const RESULTS = [{ code: 0, msg: 'fine' }, { code: 404, item: 7 }, { code: 399 }, { code: '404', msg: 'x' }, { code: 500, msg: 1 }, [], null];

for (const body of RESULTS) {
	test(`${JSON.stringify(body)} is a result`, async (t) => {
		const { client, peer } = await openClient(t);
		const result = client.request('any.thing');
		peer.respond((await peer.message()).id, body);
		assert.deepEqual(await result, body);
	});
}

test('a response with the error flag is an error with any code', async (t) => {
	const { client, peer } = await openClient(t);
	const responses = [client.request('a.a'), client.request('b.b')];
	peer.bytes(response((await peer.message()).id, { code: 'PIT-404', msg: 'route not found' }, 0x20));
	peer.bytes(response((await peer.message()).id, 'odd', 0x20));
	await assert.rejects(responses[0], { code: 'PIT-404', msg: 'route not found' });
	await assert.rejects(responses[1], { code: 'unknown', msg: '' });
});

test('a request times out, and its late response is dropped', async (t) => {
	const { client, peer } = await openClient(t, { requestTimeout: 20 });
	await assert.rejects(client.request('slow.one'), { code: 'timeout', msg: 'slow.one: no response' });
	peer.respond((await peer.message()).id, { late: true });
	const result = client.request('next.one', {}, { timeout: 5000 });
	peer.respond((await peer.message()).id, { late: false });
	assert.deepEqual(await result, { late: false });
});

test('a request may have its own time-out, or none', async (t) => {
	const { client, peer } = await openClient(t, { requestTimeout: 60 });
	const patient = client.request('patient.one', {}, { timeout: Infinity });
	const hasty = client.request('hasty.one', {}, { timeout: 5 });
	await assert.rejects(hasty, { code: 'timeout', msg: 'hasty.one: no response' });
	await assert.rejects(client.request('other.one'), { code: 'timeout' });
	peer.respond((await peer.message()).id, { at: 'last' });
	assert.deepEqual(await patient, { at: 'last' });
});

test('a request may be aborted, and its response is dropped', async (t) => {
	const { client, peer } = await openClient(t);
	const controller = new AbortController();
	const aborted = client.request('slow.one', {}, { signal: controller.signal });
	const other = client.request('other.one', {}, { signal: new AbortController().signal });
	const [first, second] = [await peer.message(), await peer.message()];
	controller.abort(new Error('never mind'));
	await assert.rejects(aborted, /^Error: never mind$/);
	peer.respond(first.id, {});
	peer.respond(second.id, { n: 2 });
	assert.deepEqual(await other, { n: 2 });
});

test('a request with an aborted signal is not sent', async (t) => {
	const { client, peer } = await openClient(t);
	await assert.rejects(client.request('slow.one', {}, { signal: AbortSignal.abort() }), { name: 'AbortError' });
	client.notify('next.one');
	assert.equal((await peer.message()).route, 'next.one');
});

test('a request removes its listener from the signal, however it ends', async (t) => {
	const { client, peer } = await openClient(t);
	const signal = new AbortController().signal;
	const listeners = [];
	signal.addEventListener = (_, listener) => listeners.push(listener);
	signal.removeEventListener = (_, listener) => listeners.splice(listeners.indexOf(listener), 1);
	const result = client.request('a.a', {}, { signal });
	peer.respond((await peer.message()).id, {});
	await result;
	await assert.rejects(client.request('b.b', {}, { signal, timeout: 5 }), { code: 'timeout' });
	const lost = client.request('c.c', {}, { signal });
	assert.equal(listeners.length, 1);
	client.close();
	await assert.rejects(lost, { code: 'closed' });
	assert.equal(listeners.length, 0);
});

test('an empty response is null', async (t) => {
	const { client, peer } = await openClient(t);
	const result = client.request('any.thing');
	const { id } = await peer.message();
	peer.bytes(Buffer.from([4, 0, 0, 2, 4, id]));
	assert.equal(await result, null);
});

test('without a connection messages are rejected', async (t) => {
	const { client } = newClient(t, 'ws://127.0.0.1:1/');
	await assert.rejects(client.request('room.join'), { code: 'not-open' });
	assert.throws(() => client.notify('room.message'), { code: 'not-open' });
});

test('a route that is too long is rejected and nothing is sent', async (t) => {
	const { client, peer } = await openClient(t);
	await assert.rejects(client.request('ä'.repeat(128)), RangeError);
	client.notify('r'.repeat(255), {});
	assert.equal((await peer.message()).route, 'r'.repeat(255));
});

test('a body that JSON cannot hold rejects the request', async (t) => {
	const { client } = await openClient(t);
	await assert.rejects(client.request('room.join', { n: 1n }), TypeError);
});
