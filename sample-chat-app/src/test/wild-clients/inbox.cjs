'use strict';

const PATIENCE = 8000; // milliseconds; three heartbeats of one second each must fit

/** What a client heard, by kind: a route, or `heartbeat`, `kick`, `closed`. */
class Inbox {
	#heard = [];
	#waiting = [];
	#listeners = new Map();

	add(kind, body) {
		const listener = this.#listeners.get(kind);
		if (listener) {
			return listener(body);
		}
		const at = this.#waiting.findIndex((reader) => reader.kind === kind && reader.matches(body));
		if (at < 0) {
			this.#heard.push({ kind, body });
		} else {
			this.#waiting.splice(at, 1)[0].resolve(body);
		}
	}

	/** Hands over all of a kind, those that are here and those that come. */
	forward(kind, listener) {
		this.#heard.filter((item) => item.kind === kind).forEach(({ body }) => listener(body));
		this.#heard = this.#heard.filter((item) => item.kind !== kind);
		this.#listeners.set(kind, listener);
	}

	/** Takes the first of its kind that matches, now or when it comes. */
	next(kind, matches = () => true) {
		const at = this.#heard.findIndex((item) => item.kind === kind && matches(item.body));
		if (at >= 0) {
			return Promise.resolve(this.#heard.splice(at, 1)[0].body);
		}
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(this.#missing(kind))), PATIENCE);
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
		return `no ${kind} within ${PATIENCE} ms; heard instead: ${JSON.stringify(this.#heard)}`;
	}
}

module.exports = Inbox;
