/*
 * Internal. The pushes of a route as an async iterator. It listens from its creation on, over all reconnects, and removes
 * all its listeners when it ends: by `return()`, which is called when a loop is left, by its signal, by an overflow, or
 * with the client.
 */

import { NanoError } from './wire.js';

export class PushStream {
	#buffer = [];
	#capacity;
	#overflow;
	/** Pending calls of `next()`. Empty unless the buffer is empty. */
	#waiting = [];
	#ended = false;
	/** Thrown once, by the next call of `next()`. */
	#error;
	#cleanups = [];

	constructor(client, route, { capacity = 256, overflow = 'error', signal } = {}) {
		if (!(capacity >= 1) || !['error', 'drop-oldest'].includes(overflow)) {
			throw new RangeError(`capacity must be 1 or more, overflow 'error' or 'drop-oldest': ${capacity}, ${overflow}`);
		}
		signal?.throwIfAborted();
		this.#capacity = capacity;
		this.#overflow = overflow;
		const abort = () => {
			this.#buffer = [];
			this.#end(signal.reason);
		};
		signal?.addEventListener('abort', abort);
		this.#cleanups = [
			() => signal?.removeEventListener('abort', abort),
			client.on(route, (body) => this.#push(body, route)),
			client.onState(({ state, error }) => {
				if (state === 'closed') {
					this.#end(error.code === 'closed' ? undefined : error);
				}
			})
		];
	}

	[Symbol.asyncIterator]() {
		return this;
	}

	async next() {
		if (this.#buffer.length > 0) {
			return { value: this.#buffer.shift(), done: false };
		}
		if (!this.#ended) {
			return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
		}
		const error = this.#error;
		this.#error = undefined;
		if (error !== undefined) {
			throw error;
		}
		return { value: undefined, done: true };
	}

	async return(value) {
		this.#buffer = [];
		this.#end();
		this.#error = undefined;
		return { value, done: true };
	}

	#push(value, route) {
		if (this.#waiting.length > 0) {
			this.#waiting.shift().resolve({ value, done: false });
		} else if (this.#buffer.length < this.#capacity) {
			this.#buffer.push(value);
		} else if (this.#overflow === 'drop-oldest') {
			this.#buffer.shift();
			this.#buffer.push(value);
		} else {
			this.#end(new NanoError('overflow', `${route}: ${this.#capacity} pushes are buffered, which is the capacity`));
		}
	}

	#end(error) {
		if (this.#ended) {
			return;
		}
		this.#ended = true;
		this.#cleanups.forEach((cleanup) => cleanup());
		const [first, ...others] = this.#waiting.splice(0);
		if (first && error !== undefined) {
			first.reject(error);
		} else {
			this.#error = error;
			first?.resolve({ value: undefined, done: true });
		}
		others.forEach(({ resolve }) => resolve({ value: undefined, done: true }));
	}
}
