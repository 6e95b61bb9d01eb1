/*
 * Internal. What outlives a connection: the messages of this client in the order of its calls, first those that were
 * written and not confirmed, then those that wait for a connection; and the position of both sides in the session.
 *
 * Each side counts the DATA packets of a session that it has received, and reports the count in handshakes and
 * heartbeats. So a packet has a number from 1 on without carrying it. It receives the number when it is written for the
 * first time, and its bytes do not change from then on. After a resume each side sends again what the other has not
 * received. A server that cannot resume sessions confirms nothing, so messages are not kept for it.
 */

import { NanoError, PacketType, decodeCount, encodeCount, encodePacket, protocolError } from './wire.js';

/** Sent or received after a heartbeat: the next one is due. */
const MAX_PACKETS = 64;
const MAX_BYTES = 32 * 1024;

export class Session {
	#limit;
	#token;
	#dictionary;
	/** `{id, route, body, packet}`; the id of a notification is 0. What is over the limit has no packet. */
	#written = [];
	#waiting = [];
	/** The bytes of all kept packets. */
	#kept = 0;
	/** The packets of this client that the server has confirmed. */
	#confirmed = 0;
	/** The packets of the server that this client has received. */
	#received = 0;
	#sentTraffic = new Traffic();
	#receivedTraffic = new Traffic();

	/** @param limit the bytes to keep for a server that can resume sessions */
	constructor(limit) {
		this.#limit = limit;
	}

	/** Whether the server keeps this session after a cut. */
	get resumable() {
		return this.#token !== undefined;
	}

	/** The dictionary of the server, which does not change during a session. */
	get dictionary() {
		return this.#dictionary;
	}

	/** `sys.resume` of a handshake. */
	get request() {
		return this.resumable ? { token: this.#token, received: this.#received } : {};
	}

	/** @param reply the server's `sys.resume`, checked; `undefined` if the server cannot resume sessions */
	begin(reply, dictionary) {
		this.end();
		this.#token = reply?.token;
		this.#dictionary = dictionary;
	}

	/** Throws if the session cannot be continued after all. */
	resume({ token, received }) {
		this.#token = token;
		this.#confirm(received);
		if (this.#written.some(({ packet }) => !packet)) {
			throw new NanoError('lost', `more than ${this.#limit} sent bytes were not confirmed: see resumeBuffer`);
		}
	}

	/** Forgets all but what waits, and returns the messages that were written and not confirmed. */
	end() {
		const unconfirmed = this.#written;
		this.#forget(unconfirmed);
		this.#written = [];
		this.#token = undefined;
		this.#confirmed = this.#received = 0;
		this.#sentTraffic = new Traffic();
		this.#receivedTraffic = new Traffic();
		return unconfirmed;
	}

	// Messages of this client

	/** Whether the bytes to keep stay within the limit with a packet of this length. */
	fits(length) {
		return this.#kept + length <= this.#limit;
	}

	/** The number of messages that wait for a connection. */
	get waitingCount() {
		return this.#waiting.length;
	}

	wait(message) {
		this.#waiting.push(message);
		this.#kept += message.packet.length;
	}

	isWaiting(id) {
		return this.#waiting.some((message) => message.id === id);
	}

	/** Removes and returns the first message that waits, if there is one. */
	nextWaiting() {
		return this.#remove(this.#waiting.splice(0, 1))[0];
	}

	/** Removes and returns the messages that wait, except the first ones. */
	removeWaiting(except) {
		return this.#remove(this.#waiting.splice(except));
	}

	/** Removes a request if it waits. */
	removeRequest(id) {
		this.#remove(this.#waiting.filter((message) => message.id === id));
		this.#waiting = this.#waiting.filter((message) => message.id !== id);
	}

	/** Numbers a message that was written for the first time. */
	wrote(message) {
		if (!this.resumable) {
			return;
		}
		const { length } = message.packet;
		this.#sentTraffic.add(length);
		if (this.fits(length)) {
			this.#written.push(message);
			this.#kept += length;
		} else {
			this.#written.push({ ...message, packet: undefined });
		}
	}

	/** The packets to send again after a resume. */
	get unconfirmed() {
		return this.#written.map(({ packet }) => packet);
	}

	#remove(messages) {
		this.#forget(messages);
		return messages;
	}

	#forget(messages) {
		messages.forEach(({ packet }) => {
			this.#kept -= packet?.length ?? 0;
		});
	}

	// Counts

	received(length) {
		this.#received++;
		this.#receivedTraffic.add(length);
	}

	/**
	 * Whether so much was sent or received since the last heartbeat that the next one must not wait for its interval. Half of
	 * a small limit is enough, so that the server confirms packets before the limit is reached.
	 */
	get heartbeatDue() {
		const halfFull = this.#sentTraffic.bytes > this.#limit / 2;
		return this.resumable && (halfFull || this.#sentTraffic.due || this.#receivedTraffic.due);
	}

	/** The packet of a heartbeat. Without resume its body is empty, as all servers expect it. */
	heartbeat() {
		this.#sentTraffic = new Traffic();
		this.#receivedTraffic = new Traffic();
		return encodePacket(PacketType.HEARTBEAT, this.resumable ? encodeCount(this.#received) : undefined);
	}

	/** Throws if the body of the server's heartbeat is not a possible count. */
	confirm(body) {
		if (this.resumable) {
			this.#confirm(decodeCount(body));
		}
	}

	#confirm(count) {
		const confirmed = count - this.#confirmed;
		if (confirmed < 0 || confirmed > this.#written.length) {
			throw protocolError(`the server confirms ${count} packets, after ${this.#confirmed} of ${
				this.#confirmed + this.#written.length}`);
		}
		this.#forget(this.#written.splice(0, confirmed));
		this.#confirmed = count;
	}
}

/** Returns route and body of the messages that are not requests. */
export function notificationsOf(messages) {
	return messages.filter(({ id }) => id === 0).map(({ route, body }) => ({ route, body }));
}

class Traffic {
	#packets = 0;
	#bytes = 0;

	add(length) {
		this.#packets++;
		this.#bytes += length;
	}

	get bytes() {
		return this.#bytes;
	}

	get due() {
		return this.#packets >= MAX_PACKETS || this.#bytes >= MAX_BYTES;
	}
}
