/*
 * Internal. One WebSocket from its handshake to its end: it never reconnects. Its owner is told, in this order,
 * opened(user); any number of pushed(push), answered(response); kicked(kick); ended(error, final), where final
 * says that the server does not want this client back. Bytes that are no protocol end it, they never throw.
 */

import { DictionaryCache, RouteDictionary } from './dictionary.js';
import {
	MessageType, NanoError, PacketReader, PacketType,
	decodeMessage, encodeMessage, encodePacket, fromJson, inflate, looksCompressed, toJson
} from './wire.js';

const ACCEPTED = 200;
const MAX_HEARTBEAT_SECONDS = 86_400;

/** Heartbeats in a row that a living server may leave without any packet after them. */
const MAX_UNANSWERED = 2;

const JAVASCRIPT = { type: 'js-websocket', version: '0.0.1' };

/** Only who says what pitaya's clients say gets errors flagged, and without JSON nothing else tells them. */
const PITAYA = { platform: 'js', libVersion: JAVASCRIPT.version };

export class Connection {
	#socket;
	#owner;
	#options;
	#packets = new PacketReader();
	#inflating = false;
	#cache;
	/** The dictionary that the handshake names. */
	#known;
	#dictionary = new RouteDictionary();
	#phase = 'handshake';
	#unanswered = 0;
	#heartbeat;
	#connectTimer;

	constructor(url, options, owner) {
		const { WebSocket, connectTimeout, storage } = options;
		this.#owner = owner;
		this.#options = options;
		this.#cache = new DictionaryCache(storage, url);
		this.#known = this.#cache.read();
		const handshake = encodePacket(PacketType.HANDSHAKE, this.#introduction());
		this.#socket = new WebSocket(url);
		this.#socket.binaryType = 'arraybuffer';
		this.#socket.onopen = () => this.sendPacket(handshake);
		this.#socket.onmessage = (event) => this.#receive(event.data);
		this.#socket.onerror = () => {}; // says nothing that the close after it does not say
		this.#socket.onclose = ({ code, reason }) => this.#end(new NanoError('lost', `connection lost (${`${code} ${reason}`.trim()})`));
		this.#connectTimer = setTimeout(() => this.#end(new NanoError('timeout', 'no handshake')), connectTimeout);
	}

	/** Throws what the message is refused for: it or its route is too long. */
	send(type, id, route, body) {
		this.sendPacket(encodePacket(PacketType.DATA, encodeMessage(type, id, route, body, this.#dictionary)));
	}

	sendPacket(bytes) {
		this.#socket.send(bytes);
	}

	close(error) {
		this.#end(error, true);
	}

	#introduction() {
		const { user, serializer, sys } = this.#options;
		const dictVersion = this.#known?.version;
		const family = needsErrorFlag(serializer) ? { ...JAVASCRIPT, ...PITAYA } : JAVASCRIPT;
		try {
			return toJson({ sys: { ...family, dictVersion, ...sys }, user });
		} catch (error) {
			throw new NanoError('user', `the handshake cannot be written: ${error.message}`);
		}
	}

	#receive(data) {
		this.#unanswered = 0;
		this.#guard(() => {
			this.#packets.append(bytesOf(data));
			this.#readPackets();
		});
	}

	/** Stops while a body is inflated, which goes on elsewhere: what is behind it must not overtake it. */
	#readPackets() {
		while (this.#phase !== 'ended' && !this.#inflating) {
			const packet = this.#packets.next();
			if (!packet) {
				return;
			}
			this.#handle(packet);
		}
	}

	#handle({ type, body }) {
		switch (type) {
			case PacketType.HANDSHAKE:
				return this.#inflated(looksCompressed(body), body, (answer) => this.#handshake(fromJson(answer)));
			case PacketType.DATA:
				return this.#message(body);
			case PacketType.KICK:
				return this.#kick(body);
		}
	}

	#inflated(compressed, bytes, then) {
		if (!compressed) {
			return then(bytes);
		}
		this.#inflating = true;
		inflate(bytes).then((plain) => this.#resume(() => then(plain)), (error) => this.#resume(() => {
			throw error;
		}));
	}

	#resume(step) {
		this.#inflating = false;
		if (this.#phase !== 'ended') {
			this.#guard(() => {
				step();
				this.#readPackets();
			});
		}
	}

	#guard(step) {
		try {
			step();
		} catch (error) {
			// Should codes have been mixed up, the next connection starts with fresh ones.
			this.#cache.clear();
			this.#end(error instanceof NanoError ? error : new NanoError('protocol', String(error)));
		}
	}

	#handshake(answer) {
		if (this.#phase === 'open') {
			return;
		}
		if (typeof answer?.code !== 'number') {
			throw new NanoError('protocol', 'a handshake answer without a code');
		}
		const refusal = refusalOf(answer, this.#options.serializer);
		if (refusal) {
			return this.#end(refusal, true);
		}
		this.#dictionary = this.#cache.adopt(answer.sys, this.#known);
		clearTimeout(this.#connectTimer);
		this.#phase = 'open';
		this.sendPacket(encodePacket(PacketType.HANDSHAKE_ACK));
		this.#startHeartbeat(answer.sys?.heartbeat);
		this.#owner.opened(answer.user);
	}

	/**
	 * One heartbeat in each interval, whatever the server does: pomelo and ours answer each, nano and pitaya send their
	 * own. Unanswered ones are counted rather than time, which stands still while a computer or a tab sleeps.
	 */
	#startHeartbeat(seconds) {
		if (!(seconds > 0)) {
			return;
		}
		const interval = Math.min(seconds, MAX_HEARTBEAT_SECONDS) * 1000;
		this.#heartbeat = setInterval(() => {
			if (this.#unanswered === MAX_UNANSWERED) {
				this.#end(new NanoError('lost', `nothing heard since ${MAX_UNANSWERED} heartbeats`));
			} else {
				this.#unanswered++;
				this.sendPacket(encodePacket(PacketType.HEARTBEAT));
			}
		}, interval);
	}

	#message(bytes) {
		if (this.#phase !== 'open') {
			throw new NanoError('protocol', 'data before the handshake');
		}
		const message = decodeMessage(bytes, this.#dictionary);
		this.#inflated(message.compressed, message.body, (body) => {
			if (message.type === MessageType.PUSH) {
				this.#owner.pushed({ ...message, body });
			} else {
				this.#owner.answered({ ...message, body });
			}
		});
	}

	#kick(body) {
		const kick = kickOf(body);
		this.#owner.kicked(kick);
		this.#end(new NanoError('kicked', kick.reason), !kick.reconnect);
	}

	#end(error, final = false) {
		if (this.#phase === 'ended') {
			return;
		}
		this.#phase = 'ended';
		clearTimeout(this.#connectTimer);
		clearInterval(this.#heartbeat);
		this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
		if (final || !this.#socket.terminate) {
			this.#socket.close();
		} else {
			this.#socket.terminate(); // ws would wait half a minute for the goodbye of a server that is gone
		}
		this.#owner.ended(error, final);
	}
}

/** Whether errors of this server's must be flagged, because they cannot be told from results otherwise. */
export function needsErrorFlag(serializer) {
	return serializer.name === 'protobuf' || serializer.name === 'raw';
}

function bytesOf(data) {
	if (typeof data === 'string') {
		throw new NanoError('protocol', 'a text frame');
	}
	return new Uint8Array(data);
}

/** Why there is nothing to be had from this server, if so. */
function refusalOf({ code, msg, sys }, serializer) {
	if (code !== ACCEPTED) {
		return new NanoError(code, String(msg ?? 'handshake refused'));
	}
	const names = [serializer.name, sys?.serializer];
	if (names.includes('json') && names.includes('protobuf')) {
		return new NanoError('serializer', `the server speaks ${sys.serializer}, this client ${serializer.name}: `
			+ 'give the option serializer');
	}
	const schemas = { ...sys?.protos?.client, ...sys?.protos?.server };
	if (serializer.name === 'json' && Object.keys(schemas).length > 0) {
		return new NanoError('serializer', 'the server wants pomelo-protobuf, which this client does not speak, for '
			+ Object.keys(schemas).join(', '));
	}
	return undefined;
}

/**
 * Servers of the family kick with `{"reason": …}`, with any other JSON, or with nothing. Earlier versions of ours
 * add `"reconnect": true` when they expect the client back; now they close without a kick.
 */
function kickOf(body) {
	try {
		const kick = fromJson(body);
		return { reason: String(kick?.reason ?? ''), reconnect: kick?.reconnect === true };
	} catch {
		return { reason: '', reconnect: false };
	}
}
