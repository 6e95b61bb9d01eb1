/* Sessions that can be resumed, for tests. */

import assert from 'node:assert/strict';

import { Queue, openClient, resumable } from './fake-server.js';

export const FAST = { reconnectDelay: 5, maxReconnectDelay: 10 };
export const SLOW = { reconnectDelay: 100_000, maxReconnectDelay: 100_000 };

/** Opens a session with the token `first`. */
export function openSession(t, options) {
	return openClient(t, { ...FAST, reply: resumable('new', 'first', 0, { user: 'Ann' }), ...options });
}

/** Opens a session and cuts its connection. */
export async function cutSession(t, options) {
	const opened = await openSession(t, options);
	opened.peer.terminate();
	assert.equal((await opened.states.next()).state, 'resuming');
	return opened;
}

/** Resumes the session after a cut, and returns the server's end of its connection. */
export function resume(server, received = 0, token = 'next') {
	return server.acceptOpen(resumable('resumed', token, received));
}

/** Returns the queue of the losses of a client. */
export function lossesOf(client) {
	const losses = new Queue();
	client.onLost((loss) => losses.push(loss));
	return losses;
}

export async function routeOf(peer) {
	return (await peer.message()).route;
}
