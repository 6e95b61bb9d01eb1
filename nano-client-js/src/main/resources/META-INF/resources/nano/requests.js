/*
 * Internal. The requests of a client that have no response yet, by their ids. Their time-outs go on while there is no
 * connection.
 */

import { needsErrorFlag } from './handshake.js';
import { NanoError, decodeError } from './wire.js';

/** Milliseconds. A timer with a longer delay fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class Requests {
	#serializer;
	#pending = new Map();

	constructor(serializer) {
		this.#serializer = serializer;
	}

	/** @param abandoned called before the request is rejected because of its time-out or its signal */
	add(id, { route, resolve, reject, timeout, signal, abandoned }) {
		const abandon = (error) => {
			abandoned();
			this.#reject(id, error);
		};
		const abort = () => abandon(signal.reason);
		signal?.addEventListener('abort', abort);
		const timer = setTimeout(() => abandon(new NanoError('timeout', `${route}: no response`)),
			Math.min(timeout, LONGEST_TIMER));
		const release = () => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', abort);
		};
		this.#pending.set(id, { route, resolve, reject, release });
	}

	/** Throws if the serializer cannot read the body. */
	responded({ id, error, body }) {
		const request = this.#pending.get(id);
		if (!request) {
			return; // timed out, or aborted
		}
		if (error) {
			return this.#reject(id, errorOf(decodeError(body)));
		}
		const result = this.#serializer.decode(body, request.route);
		if (!needsErrorFlag(this.#serializer) && isError(result)) {
			this.#reject(id, errorOf(result));
		} else {
			this.#remove(id).resolve(result);
		}
	}

	/** In the order of the calls. Both functions receive the id of a request, the second one its route, too. */
	rejectAll(isChosen, errorFor) {
		for (const [id, { route }] of [...this.#pending]) {
			if (isChosen(id)) {
				this.#reject(id, errorFor(id, route));
			}
		}
	}

	#reject(id, error) {
		this.#remove(id)?.reject(error);
	}

	#remove(id) {
		const request = this.#pending.get(id);
		this.#pending.delete(id);
		request?.release();
		return request;
	}
}

/** The error of a request that the server has perhaps received. */
export function outcomeUnknown(route, cause) {
	return causedBy(cause, new NanoError('outcome-unknown', `${route}: sent, but ${cause.message}`));
}

export function notSent(route, cause) {
	return causedBy(cause, new NanoError('not-sent', `${route}: not sent, and ${cause.message}`));
}

function causedBy(cause, error) {
	error.cause = cause;
	return error;
}

/** The error body for clients that do not know the error flag. pomelo may send a code without a message. */
function isError(body) {
	return typeof body?.code === 'number' && body.code >= 400
		&& (typeof body.msg === 'string' || Object.keys(body).length === 1);
}

function errorOf(body) {
	return new NanoError(body?.code || 'unknown', String(body?.msg ?? ''), body);
}
