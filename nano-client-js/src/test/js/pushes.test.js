import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openClient } from './fake-server.js';

const FAST_RECONNECT = { reconnectDelay: 5, maxReconnectDelay: 10 };

/** Returns when the client has read everything that was sent before. */
async function sync(client, peer) {
	const result = client.request('sync.sync');
	peer.respond((await peer.message()).id, {});
	await result;
}

test('a loop receives all pushes from its creation on', async (t) => {
	const { client, peer } = await openClient(t);
	const pushes = client.pushes('onMessage');
	for (let n = 0; n < 5; n++) {
		peer.push('onMessage', { n });
	}
	peer.push('onOther', {});
	const seen = [];
	for await (const { n } of pushes) {
		seen.push(n);
		if (n === 4) {
			break;
		}
	}
	assert.deepEqual(seen, [0, 1, 2, 3, 4]);
});

test('a waiting loop receives the next push', async (t) => {
	const { client, peer } = await openClient(t);
	const pushes = client.pushes('onMessage');
	const [first, second] = [pushes.next(), pushes.next()];
	peer.push('onMessage', 1);
	peer.push('onMessage', 2);
	assert.deepEqual([await first, await second], [{ value: 1, done: false }, { value: 2, done: false }]);
});

test('loops and listeners of a route each receive all pushes', async (t) => {
	const { client, peer } = await openClient(t);
	const received = [];
	client.on('onMessage', (n) => received.push(n));
	const [one, other] = [client.pushes('onMessage'), client.pushes('onMessage')];
	peer.push('onMessage', 1);
	assert.deepEqual([(await one.next()).value, (await other.next()).value], [1, 1]);
	assert.deepEqual(received, [1]);
});

test('a loop continues over reconnects without duplicates', async (t) => {
	const { client, server, peer } = await openClient(t, FAST_RECONNECT);
	const pushes = client.pushes('onMessage');
	let current = peer;
	for (let n = 1; n < 5; n++) {
		current.push('onMessage', n);
		assert.equal((await pushes.next()).value, n);
		current.terminate();
		current = await server.acceptOpen();
	}
	await client.connect();
	await sync(client, current);
	client.close();
	assert.deepEqual(await pushes.next(), { value: undefined, done: true });
});

test('close() ends a loop after the buffered pushes', async (t) => {
	const { client, peer } = await openClient(t);
	const pushes = client.pushes('onMessage');
	peer.push('onMessage', 1);
	await sync(client, peer);
	client.close();
	const seen = [];
	for await (const n of pushes) {
		seen.push(n);
	}
	assert.deepEqual(seen, [1]);
});

test('close() ends a waiting loop', async (t) => {
	const { client } = await openClient(t);
	const pushes = client.pushes('onMessage');
	const waiting = [pushes.next(), pushes.next()];
	client.close();
	assert.deepEqual((await Promise.all(waiting)).map(({ done }) => done), [true, true]);
});

test('any other end of the client is thrown once, after the buffered pushes', async (t) => {
	const { client, peer } = await openClient(t);
	const pushes = client.pushes('onMessage');
	const other = client.pushes('onOther');
	const waiting = other.next();
	peer.push('onMessage', 1);
	peer.kick('go');
	await assert.rejects(waiting, { name: 'NanoError', code: 'kicked', msg: 'go' });
	assert.equal((await pushes.next()).value, 1);
	await assert.rejects(pushes.next(), { code: 'kicked' });
	assert.equal((await pushes.next()).done, true);
});

test('a loop fails after its buffered pushes when the buffer overflows', async (t) => {
	const { client, peer } = await openClient(t);
	const pushes = client.pushes('onMessage', { capacity: 3 });
	for (let n = 0; n < 10; n++) {
		peer.push('onMessage', n);
	}
	await sync(client, peer);
	const seen = [];
	await assert.rejects(async () => {
		for await (const n of pushes) {
			seen.push(n);
		}
	}, { name: 'NanoError', code: 'overflow', msg: 'onMessage: 3 pushes are buffered, which is the capacity' });
	assert.deepEqual(seen, [0, 1, 2]);
	assert.equal(client.state, 'open');
});

test('a loop may keep the newest pushes instead', async (t) => {
	const { client, peer } = await openClient(t);
	const pushes = client.pushes('onMessage', { capacity: 3, overflow: 'drop-oldest' });
	for (let n = 0; n < 10; n++) {
		peer.push('onMessage', n);
	}
	await sync(client, peer);
	client.close();
	const seen = [];
	for await (const n of pushes) {
		seen.push(n);
	}
	assert.deepEqual(seen, [7, 8, 9]);
});

test('a signal ends a loop with its reason and drops the buffer', async (t) => {
	const { client, peer } = await openClient(t);
	const controller = new AbortController();
	const pushes = client.pushes('onMessage', { signal: controller.signal });
	peer.push('onMessage', 1);
	await sync(client, peer);
	controller.abort(new Error('enough'));
	await assert.rejects(pushes.next(), /^Error: enough$/);
	const other = new AbortController();
	const waiting = client.pushes('onMessage', { signal: other.signal }).next();
	other.abort();
	await assert.rejects(waiting, { name: 'AbortError' });
	assert.throws(() => client.pushes('onMessage', { signal: other.signal }), { name: 'AbortError' });
});

test('invalid options are rejected', async (t) => {
	const { client } = await openClient(t);
	for (const options of [{ capacity: 0 }, { capacity: NaN }, { overflow: 'wait' }]) {
		assert.throws(() => client.pushes('onMessage', options), RangeError);
	}
});

for (const [name, end] of Object.entries({
	'that was left': (pushes) => pushes.return(),
	'that was aborted': (_, controller) => controller.abort(),
	'that was too slow': async (_, __, client, peer) => {
		peer.push('onMessage', 1);
		peer.push('onMessage', 2);
		await sync(client, peer);
	}
})) {
	test(`a loop ${name} removes its listeners`, async (t) => {
		const { client, peer } = await openClient(t);
		const controller = new AbortController();
		const listening = countListeners(controller.signal);
		const ended = [];
		const { on, onState } = client;
		client.on = (...args) => counted(on.apply(client, args));
		client.onState = (...args) => counted(onState.apply(client, args));
		const counted = (off) => () => {
			off();
			ended.push(off);
		};
		const pushes = client.pushes('onMessage', { capacity: 1, signal: controller.signal });
		assert.equal(listening(), 1);
		await end(pushes, controller, client, peer);
		assert.deepEqual([ended.length, listening()], [2, 0]);
	});
}

function countListeners(signal) {
	let count = 0;
	const { addEventListener, removeEventListener } = signal;
	signal.addEventListener = (...args) => {
		count++;
		addEventListener.apply(signal, args);
	};
	signal.removeEventListener = (...args) => {
		count--;
		removeEventListener.apply(signal, args);
	};
	return () => count;
}
