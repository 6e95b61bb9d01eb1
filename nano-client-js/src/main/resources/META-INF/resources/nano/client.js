/*
 * A client for servers of the pomelo family (nano, pitaya, pomelo) in browsers and Node. client.d.ts documents it.
 *
 *   const client = new NanoClient('ws://localhost:8080/nano');
 *   client.on('onMessage', (message) => show(message));
 *   await client.connect();
 *   await client.request('room.join', { name: 'ada', room: 'lobby' });
 *   client.notify('room.message', { name: 'ada', content: 'hello' });
 */

import { Connection } from './connection.js';
import { storageOfPage } from './dictionary.js';
import { Listeners } from './listeners.js';
import { PushStream } from './push-stream.js';
import { Requests, notSent, outcomeUnknown } from './requests.js';
import { RetryDelays } from './retry-delays.js';
import { Rooms } from './rooms.js';
import { json, protobuf, raw } from './serializers.js';
import { Session, notificationsOf } from './session.js';
import { MessageType, NanoError, PacketType, encodeMessage, encodePacket } from './wire.js';

export { NanoError, json, protobuf, raw };

const DEFAULTS = {
	serializer: json,
	connectTimeout: 10_000,
	requestTimeout: 10_000,
	reconnect: true,
	reconnectAfterKick: false,
	reconnectDelay: 1_000,
	maxReconnectDelay: 30_000,
	resume: true,
	resumeBuffer: 256 * 1024,
	offlineQueue: 0
};

/** The errors of ends that are meant: they are the errors of all requests, whatever the server has received. */
const MEANT = ['closed', 'kicked'];

export class NanoClient {
	#url;
	#options;
	#state = 'idle';
	/** Changes and losses of which the listeners are not notified yet. */
	#events = [];
	#notifying = false;
	#connection;
	#session;
	/** Resolved when the current or the next connection is open. */
	#opening;
	/** The data of the server for this session. */
	#user;
	#retryTimer;
	#retryDelays;
	#lastId = 0;
	/** Requests without a response, including those that wait for a connection. */
	#requests;
	#pushListeners = new Map();
	#stateListeners = new Listeners();
	#kickListeners = new Listeners();
	#lossListeners = new Listeners();
	#rooms;

	constructor(url, options = {}) {
		this.#url = String(url);
		this.#options = { WebSocket: globalThis.WebSocket, storage: storageOfPage(), ...DEFAULTS, ...options };
		if (typeof this.#options.WebSocket !== 'function') {
			throw new TypeError('there is no WebSocket here: pass one as the option WebSocket');
		}
		this.#options.resume &&= this.#options.reconnect;
		this.#retryDelays = new RetryDelays(this.#options);
		this.#session = new Session(this.#options.resumeBuffer);
		this.#requests = new Requests(this.#options.serializer);
		this.#rooms = new Rooms(this, (...request) => this.#request(...request));
	}

	get state() {
		return this.#state;
	}

	get rooms() {
		return this.#rooms;
	}

	connect() {
		if (this.#state === 'idle' || this.#state === 'closed') {
			this.#retryDelays.reset();
			this.#opening = deferred();
			this.#attempt();
		} else if (this.#state === 'waiting' || this.#state === 'resuming') {
			this.#attempt();
		}
		return this.#opening.promise;
	}

	request(route, body, options) {
		return this.#request(route, body, options, (result) => result);
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

	onLost(listener) {
		return this.#lossListeners.add(listener);
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
		if (this.#connection) {
			return;
		}
		this.#stopWaiting();
		try {
			this.#connection = new Connection(this.#url, this.#options, this.#session, {
				lost: (error) => this.#lose(error, this.#options.offlineQueue),
				opened: (user, resumed) => this.#opened(user, resumed),
				pushed: (push) => this.#pushed(push),
				responded: (response) => this.#requests.responded(response),
				confirmed: () => this.#retryDelays.reset(), // a resumed connection that confirms nothing has failed
				kicked: (kick) => this.#kickListeners.call(kick),
				ended: (error, end) => this.#ended(error, end)
			});
		} catch (error) { // an invalid URL, or one that the page may not use
			return this.#close(error instanceof NanoError ? error : new NanoError('url', error.message));
		}
		if (this.#state !== 'resuming') {
			this.#change({ state: 'connecting' });
		}
	};

	/**
	 * In a new session, messages of the listeners, such as a login, must arrive before those that wait. In a resumed one all
	 * remain in the order of the calls.
	 */
	#opened(user, resumed) {
		if (resumed) {
			this.#writeWaiting(() => true);
			this.#opening.resolve(this.#user);
			this.#change({ state: 'open', resumed });
		} else {
			this.#retryDelays.reset();
			this.#user = user;
			this.#opening.resolve(user);
			this.#change({ state: 'open' });
			this.#writeWaiting(() => this.#state === 'open');
		}
	}

	#writeWaiting(goesOn) {
		while (goesOn() && this.#session.waitingCount > 0) {
			this.#connection.write(this.#session.nextWaiting());
		}
	}

	/** @param convert converts the result before the next message is handled */
	#request(route, body, { timeout = this.#options.requestTimeout, signal } = {}, convert) {
		return new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const id = ++this.#lastId;
			this.#send(MessageType.REQUEST, id, route, body);
			const abandoned = () => this.#session.removeRequest(id);
			const converted = (result) => resolve(convert(result));
			this.#requests.add(id, { route, resolve: converted, reject, timeout, signal, abandoned });
		});
	}

	#send(type, id, route, body) {
		const bytes = this.#options.serializer.encode(body, route);
		if (this.#state === 'open') {
			this.#connection.write({ id, route, body, packet: this.#connection.encode(type, id, route, bytes) });
		} else {
			this.#enqueue({ id, route, body }, type, bytes);
		}
	}

	/** Messages that wait have their route as text: the dictionary of the next session is unknown. */
	#enqueue({ id, route, body }, type, bytes) {
		const { offlineQueue, resumeBuffer } = this.#options;
		const resuming = this.#state === 'resuming';
		const offline = `not connected (${this.#state})`;
		if (!resuming && (offlineQueue === 0 || this.#state === 'idle' || this.#state === 'closed')) {
			throw new NanoError('not-open', offline);
		}
		const packet = encodePacket(PacketType.DATA, encodeMessage(type, id, route, bytes));
		if (resuming && !this.#session.fits(packet.length)) {
			throw new NanoError('queue-full', `${offline}, and ${resumeBuffer} bytes are kept: see resumeBuffer`);
		}
		if (!resuming && this.#session.waitingCount >= offlineQueue) {
			throw new NanoError('queue-full', `${offline}, and ${offlineQueue} messages wait: see offlineQueue`);
		}
		this.#session.wait({ id, route, body, packet });
	}

	/** A push without listeners is not decoded. */
	#pushed({ route, body }) {
		const listeners = this.#pushListeners.get(route);
		if (listeners?.any) {
			listeners.call(this.#options.serializer.decode(body, route));
		}
	}

	#ended(error, { final, over, delay }) {
		this.#connection = undefined;
		const retry = !final || (error.code === 'kicked' && this.#options.reconnectAfterKick);
		if (!retry || !this.#options.reconnect) {
			return this.#close(error);
		}
		if (over || !this.#session.resumable) {
			this.#lose(error, this.#options.offlineQueue);
		}
		this.#wait(error, delay);
	}

	/** Ends the session. Requests that were written fail, and so do waiting ones except the first `kept` messages. */
	#lose(error, kept) {
		const lost = this.#session.resumable && !MEANT.includes(error.code);
		const written = this.#session.end();
		const dropped = this.#session.removeWaiting(kept);
		const unsent = new Set(dropped.map(({ id }) => id));
		const errorOf = (id, route) => (unsent.has(id) ? notSent(route, error) : outcomeUnknown(route, error));
		this.#requests.rejectAll((id) => !this.#session.isWaiting(id), lost ? errorOf : () => error);
		if (lost) {
			const event = { error, unknown: notificationsOf(written), unsent: notificationsOf(dropped) };
			this.#events.push({ listeners: this.#lossListeners, event }); // the next change notifies them first
		}
	}

	#wait(error, delayOfServer) {
		const state = this.#session.resumable ? 'resuming' : 'waiting';
		if (this.#state === 'open') {
			this.#opening = deferred();
		}
		const delay = this.#retryDelays.next(state === 'resuming', delayOfServer);
		this.#retryTimer = setTimeout(this.#attempt, delay);
		globalThis.addEventListener?.('online', this.#attempt); // browsers report when their network is back
		this.#change({ state, delay, error });
	}

	#stopWaiting() {
		clearTimeout(this.#retryTimer);
		globalThis.removeEventListener?.('online', this.#attempt);
	}

	#close(error) {
		this.#stopWaiting();
		this.#lose(error, 0);
		this.#opening?.reject(error);
		this.#change({ state: 'closed', error });
	}

	/** Notifies all listeners of all events in order, including changes that a listener makes. */
	#change(change) {
		this.#state = change.state;
		this.#events.push({ listeners: this.#stateListeners, event: change });
		if (this.#notifying) {
			return;
		}
		this.#notifying = true;
		while (this.#events.length > 0) {
			const { listeners, event } = this.#events.shift();
			listeners.call(event);
		}
		this.#notifying = false;
	}
}

function deferred() {
	const parts = {};
	parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
	parts.promise.catch(() => {}); // without a consumer, a rejection is not an error
	return parts;
}
