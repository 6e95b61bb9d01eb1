/*
 * A client of the pomelo family (nano, pitaya, pomelo) for the browser and Node. client.d.ts is its manual.
 *
 *   const client = new NanoClient('ws://localhost:8080/nano');
 *   client.on('onMessage', (message) => show(message));
 *   await client.connect();
 *   await client.request('room.join', { name: 'ada', room: 'lobby' });
 *   client.notify('room.message', { name: 'ada', content: 'hello' });
 */

import { Connection } from './connection.js';
import { MessageType, NanoError } from './wire.js';

export { NanoError };

const DEFAULTS = {
	connectTimeout: 10_000,
	requestTimeout: 10_000,
	reconnect: true,
	reconnectAfterKick: false,
	reconnectDelay: 1_000,
	maxReconnectDelay: 30_000
};

export class NanoClient {
	#url;
	#options;
	#state = 'idle';
	#connection;
	/** The promise of the next opening, or of the present one. */
	#opening;
	#retryTimer;
	#attempts = 0;
	#lastId = 0;
	#pending = new Map();
	#pushListeners = new Map();
	#stateListeners = new Listeners();
	#kickListeners = new Listeners();

	constructor(url, options = {}) {
		this.#url = String(url);
		this.#options = { WebSocket: globalThis.WebSocket, ...DEFAULTS, ...options };
		if (typeof this.#options.WebSocket !== 'function') {
			throw new TypeError('there is no WebSocket here: give one in the option WebSocket');
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

	async request(route, body = {}) {
		this.#requireOpen();
		const id = ++this.#lastId;
		this.#connection.send(MessageType.REQUEST, id, route, body);
		const answer = deferred();
		const timer = setTimeout(() => this.#take(id).reject(new NanoError('timeout', `${route}: no answer`)),
			this.#options.requestTimeout);
		this.#pending.set(id, { ...answer, timer });
		return answer.promise;
	}

	notify(route, body = {}) {
		this.#requireOpen();
		this.#connection.send(MessageType.NOTIFY, 0, route, body);
	}

	on(route, listener) {
		if (!this.#pushListeners.has(route)) {
			this.#pushListeners.set(route, new Listeners());
		}
		return this.#pushListeners.get(route).add(listener);
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

	#attempt() {
		clearTimeout(this.#retryTimer);
		try {
			this.#connection = new Connection(this.#url, this.#options, {
				opened: (user) => this.#opened(user),
				pushed: ({ route, body }) => this.#pushListeners.get(route)?.call(body),
				answered: (response) => this.#answered(response),
				kicked: (reason) => this.#kickListeners.call(reason),
				ended: (error, final) => this.#ended(error, final)
			});
		} catch (error) { // a bad URL, or one this page must not use
			return this.#close(new NanoError('url', error.message));
		}
		this.#change({ state: 'connecting' });
	}

	#opened(user) {
		this.#attempts = 0;
		this.#opening.resolve(user);
		this.#change({ state: 'open' });
	}

	#answered({ id, error, body }) {
		const request = this.#take(id);
		if (error || isError(body)) {
			request?.reject(new NanoError(body?.code ?? 'unknown', String(body?.msg ?? '')));
		} else {
			request?.resolve(body);
		}
	}

	#ended(error, final) {
		this.#connection = undefined;
		for (const id of [...this.#pending.keys()]) {
			this.#take(id).reject(error);
		}
		const wanted = !final || (error.code === 'kicked' && this.#options.reconnectAfterKick);
		if (wanted && this.#options.reconnect) {
			this.#wait(error);
		} else {
			this.#close(error);
		}
	}

	/** Exponential backoff with full jitter: the clients of a server that died do not come back in step. */
	#wait(error) {
		if (this.#state === 'open') {
			this.#opening = deferred();
		}
		const { reconnectDelay, maxReconnectDelay } = this.#options;
		const delay = Math.random() * Math.min(maxReconnectDelay, reconnectDelay * 2 ** this.#attempts++);
		this.#retryTimer = setTimeout(() => this.#attempt(), delay);
		this.#change({ state: 'waiting', delay, error });
	}

	#close(error) {
		clearTimeout(this.#retryTimer);
		this.#opening?.reject(error);
		this.#change({ state: 'closed', error });
	}

	#change(change) {
		this.#state = change.state;
		this.#stateListeners.call(change);
	}

	#take(id) {
		const request = this.#pending.get(id);
		this.#pending.delete(id);
		clearTimeout(request?.timer);
		return request;
	}

	#requireOpen() {
		if (this.#state !== 'open') {
			throw new NanoError('not-open', `not connected (${this.#state})`);
		}
	}
}

/** A listener that throws is the page's own error: it is reported as such and disturbs nobody else. */
class Listeners {
	#listeners = new Set();

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
	parts.promise.catch(() => {}); // nobody has to await it
	return parts;
}

/** What a server says to clients that do not know the error flag. */
function isError(body) {
	return typeof body?.code === 'number' && body.code >= 400 && typeof body.msg === 'string';
}
