'use strict';

const TIMEOUT = 8000; // milliseconds; three heartbeats of one second each must fit

/** The events of a client, by kind: a route, or `heartbeat`, `kick`, `closed`. */
class Inbox {
	#received = [];
	#waiting = [];
	#listeners = new Map();

	add(kind, body) {
		const listener = this.#listeners.get(kind);
		if (listener) {
			return listener(body);
		}
		const at = this.#waiting.findIndex((reader) => reader.kind === kind && reader.matches(body));
		if (at < 0) {
			this.#received.push({ kind, body });
		} else {
			this.#waiting.splice(at, 1)[0].resolve(body);
		}
	}

	/** Passes all present and future events of a kind to a listener. */
	forward(kind, listener) {
		this.#received.filter((item) => item.kind === kind).forEach(({ body }) => listener(body));
		this.#received = this.#received.filter((item) => item.kind !== kind);
		this.#listeners.set(kind, listener);
	}

	/** Removes and returns the first matching event of a kind; waits if there is none yet. */
	next(kind, matches = () => true) {
		const at = this.#received.findIndex((item) => item.kind === kind && matches(item.body));
		if (at >= 0) {
			return Promise.resolve(this.#received.splice(at, 1)[0].body);
		}
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(this.#missing(kind))), TIMEOUT);
			this.#waiting.push({
				kind,
				matches,
				resolve: (body) => {
					clearTimeout(late);
					resolve(body);
				}
			});
		});
	}

	#missing(kind) {
		return `no ${kind} within ${TIMEOUT} ms; received instead: ${JSON.stringify(this.#received)}`;
	}
}

module.exports = Inbox;
