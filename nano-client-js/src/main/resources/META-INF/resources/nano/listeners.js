/*
 * Internal. The error of a listener is reported as an uncaught error and does not affect the other listeners.
 */

export class Listeners {
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

	call(...event) {
		[...this.#listeners].forEach((listener) => callSafely(listener, ...event));
	}

	clear() {
		this.#listeners.clear();
	}
}

export function callSafely(listener, ...event) {
	try {
		listener(...event);
	} catch (error) {
		queueMicrotask(() => {
			throw error;
		});
	}
}
