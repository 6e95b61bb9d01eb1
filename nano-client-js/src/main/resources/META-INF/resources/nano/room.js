/*
 * Internal; rooms.d.ts documents the class. A room in which this session has a seat. Its pushes arrive here in the order in
 * which the server sent them.
 */

import { Listeners, callSafely } from './listeners.js';
import { PathListeners } from './path-listeners.js';
import { StateCopy, isWhole } from './state-copy.js';
import { NanoError } from './wire.js';

/** Milliseconds after which the whole state is requested again. */
const SYNC_INTERVAL = 2_000;

export class Room {
	#client;
	#ask;
	#kind;
	#id;
	#answer;
	#copy = new StateCopy();
	#pathListeners = new PathListeners();
	#stateListeners = new Listeners();
	#leaveListeners = new Listeners();
	/** Set while the whole state is requested. */
	#syncTimer;
	#leaving;
	/** Why this session has no seat any more. */
	#end;

	/**
	 * @param ask as in rooms.js
	 * @param id `undefined` if no push has contained it yet
	 */
	constructor(client, ask, { kind, id, answer }) {
		this.#client = client;
		this.#ask = ask;
		this.#kind = kind;
		this.#id = id;
		this.#answer = answer;
	}

	get kind() {
		return this.#kind;
	}

	get id() {
		return this.#id;
	}

	get answer() {
		return this.#answer;
	}

	get state() {
		return this.#copy.state;
	}

	get version() {
		return this.#copy.version;
	}

	onState(listener) {
		return this.#stateListeners.add(listener);
	}

	listen(pointer, listener) {
		return this.#pathListeners.add(pointer, listener, this.state);
	}

	onLeave(listener) {
		if (this.#end) {
			callSafely(listener, this.#end);
		}
		return this.#leaveListeners.add(listener);
	}

	async request(handler, body, options) {
		return this.#client.request(this.#routeOf(handler), body, options);
	}

	notify(handler, body) {
		this.#client.notify(this.#routeOf(handler), body);
	}

	leave(options) {
		this.#leaving ??= this.#leave(options).finally(() => {
			this.#leaving = undefined;
		});
		return this.#leaving;
	}

	// For rooms.js

	/** Whether a push with this id is one of this room. */
	is(id) {
		return this.#id === undefined || this.#id === id;
	}

	rejoined(answer) {
		this.#answer = answer;
	}

	/** Receives the whole state or a patch. */
	changed(push) {
		this.#id = push.room;
		const previous = this.state;
		if (!this.#copy.apply(push)) {
			this.#requestState();
			return;
		}
		if (isWhole(push)) {
			this.#stopRequestingState();
		}
		if (this.state !== previous) {
			this.#pathListeners.changed(previous, this.state);
			this.#stateListeners.call(this.state, this.version);
		}
	}

	/** Only the first end is reported. */
	ended({ reason, message = '', error }) {
		if (this.#end) {
			return;
		}
		this.#end = { reason, message, error };
		this.#stopRequestingState();
		this.#pathListeners.clear();
		this.#stateListeners.clear();
		this.#leaveListeners.call(this.#end);
		this.#leaveListeners.clear();
	}

	// Internal parts

	#routeOf(handler) {
		const route = `${this.#kind}.${handler}`;
		if (this.#end) {
			throw new NanoError('left', `${route}: no seat in this room any more (${this.#end.reason})`);
		}
		return route;
	}

	async #leave(options) {
		if (this.#end) {
			return;
		}
		try {
			await this.#ask(this.#routeOf('leave'), undefined, options, () => this.ended({ reason: 'left' }));
		} catch (error) {
			if (!this.#end) { // a seat that is gone meanwhile need not be left
				throw error;
			}
		}
	}

	#requestState() {
		if (this.#syncTimer === undefined) {
			this.#sync();
		}
	}

	#sync = () => {
		this.#syncTimer = setTimeout(this.#sync, SYNC_INTERVAL);
		if (this.#client.state === 'open') { // a request that waits for a resume is still under way
			this.#client.notify(`${this.#kind}.sync`);
		}
	};

	#stopRequestingState() {
		clearTimeout(this.#syncTimer);
		this.#syncTimer = undefined;
	}
}
