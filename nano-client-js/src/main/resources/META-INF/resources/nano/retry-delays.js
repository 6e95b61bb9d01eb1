/*
 * Internal. The delays before the attempts to connect: exponential backoff with full jitter, so that the clients of a
 * restarted server do not reconnect at the same moment. The first attempt to resume a session is immediate, but not more
 * often than once in `reconnectDelay`, so that a proxy that cuts each connection does not cause a loop without delay.
 */

export class RetryDelays {
	#first;
	#max;
	/** Failed attempts in a row. */
	#failures = 0;
	#mayBeImmediate = false;
	/** The time of the previous immediate attempt. */
	#immediateAt = -Infinity;

	constructor({ reconnectDelay, maxReconnectDelay }) {
		this.#first = reconnectDelay;
		this.#max = maxReconnectDelay;
	}

	/** Begins again with the shortest delay. */
	reset() {
		this.#failures = 0;
		this.#mayBeImmediate = true;
	}

	/**
	 * @param resuming whether the attempt is to resume a session
	 * @param delayOfServer the shortest delay that the server accepts, if it has sent one
	 */
	next(resuming, delayOfServer) {
		const mayBeImmediate = resuming && this.#mayBeImmediate;
		this.#mayBeImmediate = false;
		if (delayOfServer !== undefined) {
			this.#failures++;
			return Math.max(delayOfServer, this.#backoff(0)); // a server that asks for no delay must not cause a loop
		}
		const now = performance.now();
		if (mayBeImmediate && now - this.#immediateAt >= this.#first) {
			this.#immediateAt = now;
			return 0;
		}
		return this.#backoff(this.#failures++);
	}

	#backoff(failures) {
		return Math.random() * Math.min(this.#max, this.#first * 2 ** failures);
	}
}
