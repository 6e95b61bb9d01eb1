/*
 * A client for servers of the pomelo family (nano, pitaya, pomelo) in browsers and Node. client.d.ts documents it.
 *
 *   const client = new NanoClient('ws://localhost:8080/nano');
 *   client.on('onMessage', (message) => show(message));
 *   await client.connect();
 *   await client.request('room.join', { name: 'ada', room: 'lobby' });
 *   client.notify('room.message', { name: 'ada', content: 'hello' });
 */

import { Connection, needsErrorFlag } from './connection.js';
import { PushStream } from './push-stream.js';
import { json, protobuf, raw } from './serializers.js';
import { MessageType, NanoError, PacketType, decodeError, encodeMessage, encodePacket } from './wire.js';

export { NanoError, json, protobuf, raw };

const DEFAULTS = {
	serializer: json,
	connectTimeout: 10_000,
	requestTimeout: 10_000,
	reconnect: true,
	reconnectAfterKick: false,
	reconnectDelay: 1_000,
	maxReconnectDelay: 30_000,
	offlineQueue: 0
};

/** Milliseconds. A timer with a longer delay fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class NanoClient {
	#url;
	#options;
	#state = 'idle';
	/** Changes of which not all listeners are notified yet. */
	#changes = [];
	#connection;
	/** Resolved when the current or the next connection is open. */
	#opening;
	#retryTimer;
	#attempts = 0;
	#lastId = 0;
	/** Requests without a response, including those in the queue. */
	#pending = new Map();
	/** `{id, packet}` of messages that wait for a connection; the id of a notification is 0. */
	#queue = [];
	#pushListeners = new Map();
	#stateListeners = new Listeners();
	#kickListeners = new Listeners();

	constructor(url, options = {}) {
		this.#url = String(url);
		this.#options = { WebSocket: globalThis.WebSocket, storage: localStorageOfPage(), ...DEFAULTS, ...options };
		if (typeof this.#options.WebSocket !== 'function') {
			throw new TypeError('there is no WebSocket here: pass one as the option WebSocket');
		}
	}

	get state() {
		return this.#state;
	}

	connect() {
		if (this.#state === 'idle' || this.#state === 'closed') {
			this.#attempts = 0;
			this.#opening = deferred();
			this.#attempt();
		} else if (this.#state === 'waiting') {
			this.#attempt();
		}
		return this.#opening.promise;
	}

	request(route, body, { timeout = this.#options.requestTimeout, signal } = {}) {
		return new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const id = ++this.#lastId;
			this.#send(MessageType.REQUEST, id, route, body);
			const abort = () => this.#remove(id).reject(signal.reason);
			signal?.addEventListener('abort', abort);
			const timer = setTimeout(() => this.#remove(id).reject(new NanoError('timeout', `${route}: no response`)),
				Math.min(timeout, LONGEST_TIMER));
			const release = () => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', abort);
			};
			this.#pending.set(id, { route, resolve, reject, release });
		});
	}

	notify(route, body) {
		this.#send(MessageType.NOTIFY, 0, route, body);
	}

	on(route, listener) {
		if (!this.#pushListeners.has(route)) {
			this.#pushListeners.set(route, new Listeners());
		}
		return this.#pushListeners.get(route).add(listener);
	}

	pushes(route, options) {
		return new PushStream(this, route, options);
	}

	onState(listener) {
		return this.#stateListeners.add(listener);
	}

	onKick(listener) {
		return this.#kickListeners.add(listener);
	}

	close() {
		const error = new NanoError('closed', 'closed by this client');
		if (this.#connection) {
			this.#connection.close(error);
		} else if (this.#state !== 'closed') {
			this.#close(error);
		}
	}

	#attempt = () => {
		this.#stopWaiting();
		try {
			this.#connection = new Connection(this.#url, this.#options, {
				opened: (user) => this.#opened(user),
				pushed: (push) => this.#pushed(push),
				responded: (response) => this.#responded(response),
				kicked: (kick) => this.#kickListeners.call(kick),
				ended: (error, final) => this.#ended(error, final)
			});
		} catch (error) { // an invalid URL, or one that the page may not use
			return this.#close(error instanceof NanoError ? error : new NanoError('url', error.message));
		}
		this.#change({ state: 'connecting' });
	};

	/** Listeners are called before the queue is sent: their messages, such as a login, must arrive first. */
	#opened(user) {
		this.#attempts = 0;
		this.#opening.resolve(user);
		this.#change({ state: 'open' });
		while (this.#state === 'open' && this.#queue.length > 0) {
			this.#connection.sendPacket(this.#queue.shift().packet);
		}
	}

	#send(type, id, route, body) {
		const bytes = this.#options.serializer.encode(body, route);
		if (this.#state === 'open') {
			this.#connection.send(type, id, route, bytes);
		} else {
			this.#enqueue(type, id, route, bytes);
		}
	}

	/** Queued messages have their route as text: the dictionary of the next connection is unknown. */
	#enqueue(type, id, route, bytes) {
		const { offlineQueue } = this.#options;
		if (offlineQueue === 0 || this.#state === 'idle' || this.#state === 'closed') {
			throw new NanoError('not-open', `not connected (${this.#state})`);
		}
		if (this.#queue.length >= offlineQueue) {
			throw new NanoError('queue-full', `not connected (${this.#state}), and ${offlineQueue} messages wait: see offlineQueue`);
		}
		this.#queue.push({ id, packet: encodePacket(PacketType.DATA, encodeMessage(type, id, route, bytes)) });
	}

	/** A push without listeners is not decoded. */
	#pushed({ route, body }) {
		const listeners = this.#pushListeners.get(route);
		if (listeners?.any) {
			listeners.call(this.#options.serializer.decode(body, route));
		}
	}

	#responded({ id, error, body }) {
		const request = this.#pending.get(id);
		if (!request) {
			return; // timed out, or aborted
		}
		if (error) {
			return this.#remove(id).reject(errorOf(decodeError(body)));
		}
		const { serializer } = this.#options;
		const result = serializer.decode(body, request.route);
		if (!needsErrorFlag(serializer) && isError(result)) {
			this.#remove(id).reject(errorOf(result));
		} else {
			this.#remove(id).resolve(result);
		}
	}

	#ended(error, final) {
		this.#connection = undefined;
		const retry = !final || (error.code === 'kicked' && this.#options.reconnectAfterKick);
		if (retry && this.#options.reconnect) {
			this.#wait(error);
		} else {
			this.#close(error);
		}
	}

	/** Exponential backoff with full jitter, so that the clients of a restarted server do not reconnect at the same moment. */
	#wait(error) {
		const queued = new Set(this.#queue.map(({ id }) => id));
		this.#rejectPending(error, (id) => !queued.has(id));
		if (this.#state === 'open') {
			this.#opening = deferred();
		}
		const { reconnectDelay, maxReconnectDelay } = this.#options;
		const delay = Math.random() * Math.min(maxReconnectDelay, reconnectDelay * 2 ** this.#attempts++);
		this.#retryTimer = setTimeout(this.#attempt, delay);
		globalThis.addEventListener?.('online', this.#attempt); // browsers report when their network is back
		this.#change({ state: 'waiting', delay, error });
	}

	#stopWaiting() {
		clearTimeout(this.#retryTimer);
		globalThis.removeEventListener?.('online', this.#attempt);
	}

	#close(error) {
		this.#stopWaiting();
		this.#queue = [];
		this.#rejectPending(error, () => true);
		this.#opening?.reject(error);
		this.#change({ state: 'closed', error });
	}

	#rejectPending(error, chosen) {
		for (const id of [...this.#pending.keys()].filter(chosen)) {
			this.#remove(id).reject(error);
		}
	}

	/** Notifies all listeners of all changes in order, including changes that a listener makes. */
	#change(change) {
		this.#state = change.state;
		this.#changes.push(change);
		if (this.#changes.length === 1) {
			for (; this.#changes.length > 0; this.#changes.shift()) {
				this.#stateListeners.call(this.#changes[0]);
			}
		}
	}

	/** Removes a pending request, and its packet if it is still queued. */
	#remove(id) {
		const request = this.#pending.get(id);
		this.#pending.delete(id);
		if (this.#queue.length > 0) {
			this.#queue = this.#queue.filter((queued) => queued.id !== id);
		}
		request.release();
		return request;
	}
}

/** The error of a listener is reported as an uncaught error and does not affect the other listeners. */
class Listeners {
	#listeners = new Set();

	get any() {
		return this.#listeners.size > 0;
	}

	add(listener) {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	call(event) {
		for (const listener of [...this.#listeners]) {
			try {
				listener(event);
			} catch (error) {
				queueMicrotask(() => {
					throw error;
				});
			}
		}
	}
}

function deferred() {
	const parts = {};
	parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
	parts.promise.catch(() => {}); // without a consumer, a rejection is not an error
	return parts;
}

/** The error body for clients that do not know the error flag. pomelo may send a code without a message. */
function isError(body) {
	return typeof body?.code === 'number' && body.code >= 400
		&& (typeof body.msg === 'string' || Object.keys(body).length === 1);
}

function errorOf(body) {
	return new NanoError(body?.code || 'unknown', String(body?.msg ?? ''), body);
}

/** Only that of a page: Node's causes a warning. Access may be denied. */
function localStorageOfPage() {
	try {
		return globalThis.window?.localStorage;
	} catch {
		return undefined;
	}
}
