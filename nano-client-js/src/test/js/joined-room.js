/* Rooms of a client, and the messages of a server for them. */

import assert from 'node:assert/strict';

export const INFO = { room: 'r1', kind: 'arena', players: 1, seats: 4, locked: false };

/** A push with the whole state. */
export const whole = (version, state, room = 'r1') => ({ kind: 'arena', room, version, state });

/** A push with a merge patch. */
export const patch = (version, changes, room = 'r1') => ({ kind: 'arena', room, version, patch: changes });

/** Answers the next request, which must be one to this route, after the pushes of states. */
export async function answer(peer, route, body, ...states) {
	const request = await peer.message();
	assert.equal(request.route, route);
	states.forEach((state) => peer.push('room.state', state));
	peer.respond(request.id, body);
	return request.body;
}

/** Enters the arena. */
export async function enter(client, peer, state = whole(1, { n: 1 })) {
	const entering = client.rooms.enter('arena', { name: 'Ann' });
	assert.deepEqual(await answer(peer, 'arena.join', { welcome: true }, ...state ? [state] : []), { name: 'Ann' });
	return entering;
}

/** Returns when the client has received everything that was sent before. */
export async function received(client, peer) {
	const result = client.request('all.received');
	await answer(peer, 'all.received', {});
	await result;
}

/** Returns the ends of a room of which a listener is notified. */
export function leavesOf(room) {
	const leaves = [];
	room.onLeave((leave) => leaves.push(leave));
	return leaves;
}

/** Returns the messages of the errors that listeners throw, instead of letting them end the process. */
export function errorsOfListeners(t) {
	const messages = [];
	t.mock.method(globalThis, 'queueMicrotask', (task) => {
		try {
			task();
		} catch ({ message }) {
			messages.push(message);
		}
	});
	return messages;
}
