// The delays before a session is resumed.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Queue } from './fake-server.js';
import { cutSession, openSession, resume } from './resumable-session.js';

const HANDSHAKE = 1;

test('the first attempt is immediate, later ones are delayed until the server confirms a packet', async (t) => {
	replace(t, Math, 'random', () => 1);
	const { client, server, states } = await cutSession(t, { reconnectDelay: 2, maxReconnectDelay: 100 });
	const delays = [];
	const resumed = async () => {
		const next = await resume(server);
		assert.equal((await states.next()).state, 'open');
		return next;
	};
	(await server.accept()).terminate();
	delays.push((await states.next()).delay);
	(await resumed()).terminate();
	delays.push((await states.next()).delay);
	const last = await resumed();
	const confirmed = new Queue();
	client.on('onConfirmed', () => confirmed.push());
	last.confirm(0);
	last.push('onConfirmed', {});
	await confirmed.next();
	last.terminate();
	delays.push((await states.next()).delay);
	assert.deepEqual(delays, [2, 4, 0]);
});

test('a server that cannot decide now is asked again after the delay that it sends, with the same token', async (t) => {
	replace(t, Math, 'random', () => 1);
	const { server, states } = await cutSession(t, { reconnectDelay: 20, maxReconnectDelay: 1000 });
	const unavailable = async (sys) => {
		const peer = await server.accept();
		const handshake = JSON.parse((await peer.packet()).body);
		peer.send(HANDSHAKE, JSON.stringify({ code: 503, msg: 'try again', sys }));
		assert.equal(handshake.sys.resume.token, 'first');
		return states.next();
	};
	const first = await unavailable({ retry: 0.05 });
	assert.deepEqual([first.state, first.delay, first.error.code, first.error.msg], ['resuming', 50, 503, 'try again']);
	assert.equal((await unavailable({ retry: 0 })).delay, 20, 'the first delay of the back-off at least');
	assert.equal((await unavailable({})).delay, 80);
});

for (const [name, cut] of Object.entries({
	'cuts each connection': (peer) => peer.close(1001),
	'moves its clients at once': (peer) => peer.kick('moving', { reconnect: true, after: 0 })
})) {
	test(`a server that confirms packets and ${name} is asked without delay once in reconnectDelay`, async (t) => {
		replace(t, Math, 'random', () => 1);
		let now;
		replace(t, performance, 'now', () => now);
		const { server, states, peer } = await openSession(t, { reconnectDelay: 20, maxReconnectDelay: 100 });
		const delays = [];
		let current = peer;
		for (now of [5, 5, 24, 25, 30]) {
			current.confirm(0);
			cut(current);
			delays.push((await states.next()).delay);
			current = await resume(server);
			assert.equal((await states.next()).resumed, true);
		}
		assert.deepEqual(delays, [0, 20, 20, 0, 20]);
	});
}

/** Replaces a method until the test ends. */
function replace(t, object, name, method) {
	const original = object[name];
	t.after(() => {
		object[name] = original;
	});
	object[name] = method;
}
