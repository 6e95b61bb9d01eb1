/*
 * Internal. One WebSocket from its handshake to its end: it never reconnects. Its owner is told, in this order,
 * opened(user); any number of pushed(push), answered(response); kicked(reason); ended(error, final), where final
 * says that the server does not want this client back. Bytes that are no protocol end it, they never throw.
 */

import {
	MessageType, NanoError, PacketReader, PacketType, RouteDictionary,
	decodeMessage, encodeMessage, encodePacket, fromJson, toJson
} from './wire.js';

const ACCEPTED = 200;
const MAX_HEARTBEAT_SECONDS = 86_400;

export class Connection {
	#socket;
	#owner;
	#user;
	#packets = new PacketReader();
	#dictionary = new RouteDictionary();
	#phase = 'handshake';
	/** Milliseconds between heartbeats, 0 when the server wants none. */
	#interval = 0;
	#aliveAt;
	#beatTimer;
	#deathTimer;

	constructor(url, { WebSocket, user, connectTimeout }, owner) {
		this.#owner = owner;
		this.#user = user;
		this.#socket = new WebSocket(url);
		this.#socket.binaryType = 'arraybuffer';
		this.#socket.onopen = () => this.#sendHandshake();
		this.#socket.onmessage = (event) => this.#receive(event.data);
		this.#socket.onerror = () => {}; // says nothing that the close after it does not say
		this.#socket.onclose = (event) => this.#end(new NanoError('lost', `connection lost (${event.code})`));
		this.#deathTimer = setTimeout(() => this.#end(new NanoError('timeout', 'no handshake')), connectTimeout);
	}

	/** Throws what the message is refused for: a route that is too long, a body that JSON cannot hold. */
	send(type, id, route, body) {
		this.#sendPacket(PacketType.DATA, encodeMessage(type, id, route, body, this.#dictionary));
	}

	close(error) {
		this.#end(error, true);
	}

	#sendHandshake() {
		if (this.#phase === 'handshake') {
			const sys = { type: 'js-websocket', version: '0.0.1' };
			this.#sendPacket(PacketType.HANDSHAKE, toJson({ sys, user: this.#user }));
		}
	}

	#sendPacket(type, body) {
		this.#socket.send(encodePacket(type, body));
	}

	#receive(data) {
		if (this.#phase === 'ended') {
			return;
		}
		this.#aliveAt = performance.now();
		try {
			for (const { type, body } of this.#packets.read(bytesOf(data))) {
				this.#handle(type, body);
				if (this.#phase === 'ended') {
					return;
				}
			}
		} catch (error) {
			this.#end(error instanceof NanoError ? error : new NanoError('protocol', String(error)));
		}
	}

	#handle(type, body) {
		switch (type) {
			case PacketType.HANDSHAKE:
				return this.#handshake(fromJson(body));
			case PacketType.HEARTBEAT:
				return this.#heartbeat();
			case PacketType.DATA:
				return this.#message(body);
			case PacketType.KICK:
				return this.#kick(body);
		}
	}

	#handshake(answer) {
		if (this.#phase === 'open') {
			return;
		}
		if (typeof answer?.code !== 'number') {
			throw new NanoError('protocol', 'a handshake answer without a code');
		}
		if (answer.code !== ACCEPTED) {
			return this.#end(new NanoError(answer.code, String(answer.msg ?? 'handshake refused')), true);
		}
		this.#dictionary = new RouteDictionary(answer.sys?.dict);
		this.#interval = intervalOf(answer.sys?.heartbeat);
		clearTimeout(this.#deathTimer);
		this.#phase = 'open';
		this.#sendPacket(PacketType.HANDSHAKE_ACK);
		this.#watch();
		this.#owner.opened(answer.user);
	}

	/** Answers one interval later. Heartbeats that come meanwhile get no answer of their own. */
	#heartbeat() {
		if (this.#interval > 0) {
			this.#beatTimer ??= setTimeout(() => {
				this.#beatTimer = undefined;
				this.#aliveAt = performance.now();
				this.#sendPacket(PacketType.HEARTBEAT);
			}, this.#interval);
		}
	}

	/** Two intervals without a packet, counted anew from a heartbeat of our own, are death. */
	#watch() {
		if (this.#interval > 0) {
			const left = this.#aliveAt + 2 * this.#interval - performance.now();
			if (left > 0) {
				this.#deathTimer = setTimeout(() => this.#watch(), left);
			} else {
				this.#end(new NanoError('lost', `nothing heard for ${2 * this.#interval} ms`));
			}
		}
	}

	#message(body) {
		if (this.#phase !== 'open') {
			throw new NanoError('protocol', 'data before the handshake');
		}
		const message = decodeMessage(body, this.#dictionary);
		if (message.type === MessageType.PUSH) {
			this.#owner.pushed(message);
		} else {
			this.#owner.answered(message);
		}
	}

	#kick(body) {
		const { reason, reconnect } = kickOf(body);
		this.#owner.kicked(reason);
		this.#end(new NanoError('kicked', reason), !reconnect);
	}

	#end(error, final = false) {
		if (this.#phase !== 'ended') {
			this.#phase = 'ended';
			clearTimeout(this.#beatTimer);
			clearTimeout(this.#deathTimer);
			this.#socket.close();
			this.#owner.ended(error, final);
		}
	}
}

function bytesOf(data) {
	if (typeof data === 'string') {
		throw new NanoError('protocol', 'a text frame');
	}
	return new Uint8Array(data);
}

/** The server names seconds, perhaps with a fraction; a timer takes no more than 24 days. */
function intervalOf(seconds) {
	return seconds > 0 ? Math.min(seconds, MAX_HEARTBEAT_SECONDS) * 1000 : 0;
}

/**
 * Servers of the family kick with `{"reason": …}`, with any other JSON, or with nothing. Ours add `"reconnect": true`
 * when they expect the client back, for example because they restart.
 */
function kickOf(body) {
	try {
		const kick = fromJson(body);
		return { reason: String(kick?.reason ?? ''), reconnect: kick?.reconnect === true };
	} catch {
		return { reason: '', reconnect: false };
	}
}
