'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const TIMEOUT = { timeout: 15_000 };

/** Characters of two, three and four bytes in UTF-8. */
const UMLAUTS_SNOW_AND_SMILE = 'Grüße aus Köln ☃ \u{1f600}';

let names = 0;

/**
 * The tests of the chat sample that any client of the family must pass.
 *
 * `connect(port)` resolves after the handshake with `{inbox, request(route, body), notify(route, body), close()}`:
 * `request` resolves with the response's body, the inbox holds the pushes, and besides them `heartbeat` for every
 * packet of this type, `kick` with the body of the kick packet once the client itself has detected it, and `closed`.
 * `text` is the message it sends, for a client that cannot encode all characters.
 */
function chatsThrough(kind, connect, text = UMLAUTS_SNOW_AND_SMILE) {
	test(`${kind} completes the handshake and joins`, TIMEOUT, async (t) => {
		const ada = await enter(t);
		assert.deepEqual(await join(ada, room()), { code: 0, result: 'success' });
		assert.ok(Array.isArray((await ada.inbox.next('onMembers')).members));
	});

	test(`${kind} receives the members and is notified of new ones`, TIMEOUT, async (t) => {
		const lobby = room();
		const ada = await enter(t);
		await join(ada, lobby);
		const bob = await enter(t);
		await join(bob, lobby);
		const { members } = await bob.inbox.next('onMembers');
		assert.ok(members.includes(ada.name), `${members} holds ${ada.name}`);
		const { name, content } = await ada.inbox.next('onNewUser');
		assert.equal(name, bob.name);
		assert.equal(typeof content, 'string');
	});

	test(`${kind} sends a message to all of its room`, TIMEOUT, async (t) => {
		const lobby = room();
		const ada = await enter(t);
		await join(ada, lobby);
		const bob = await enter(t);
		await join(bob, lobby);
		const message = { name: bob.name, content: text };
		bob.notify('room.message', message);
		assert.deepEqual(await ada.inbox.next('onMessage'), message);
		assert.deepEqual(await bob.inbox.next('onMessage'), message);
	});

	test(`${kind} survives three heartbeats`, TIMEOUT, async (t) => {
		const ada = await enter(t);
		for (let beat = 1; beat <= 3; beat++) {
			await ada.inbox.next('heartbeat');
		}
		assert.deepEqual(await join(ada, room()), { code: 0, result: 'success' });
	});

	test(`${kind} is kicked with a reason`, TIMEOUT, async (t) => {
		const ada = await enter(t);
		await join(ada, room());
		ada.request('room.leave', {});
		assert.equal((await ada.inbox.next('kick')).reason, 'left the room');
		await ada.inbox.next('closed');
	});

	async function enter(t) {
		const client = await connect(port());
		t.after(() => client.close());
		return { ...client, name: `${kind}-${++names}-${process.pid}` };
	}
}

function join(client, room) {
	return client.request('room.join', { name: client.name, room });
}

function room() {
	return `room-${++names}-${process.pid}`;
}

function port() {
	const text = process.env.NANO_PORT;
	assert.ok(text, 'NANO_PORT is missing: start the chat sample and set this variable to its game port');
	return Number(text);
}

module.exports = { chatsThrough, port };
