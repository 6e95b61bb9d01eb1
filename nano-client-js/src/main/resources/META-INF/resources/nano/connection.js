/*
 * Internal. One WebSocket from its handshake to its end; it does not reconnect. It calls its owner in this order:
 * opened(user); any number of pushed(push) and responded(response); kicked(kick); ended(error, final), where final means
 * that the client must not reconnect. Malformed bytes end the connection and never throw.
 */

import { DictionaryCache, RouteDictionary } from './dictionary.js';
import {
	MessageType, NanoError, PacketReader, PacketType,
	canInflate, decodeMessage, encodeMessage, encodePacket, fromJson, inflate, looksCompressed, toJson
} from './wire.js';

const ACCEPTED = 200;
const MAX_HEARTBEAT_SECONDS = 86_400;

/** Heartbeats in a row after which a server that has sent no packet is lost. */
const MAX_UNANSWERED = 2;

const JAVASCRIPT = { type: 'js-websocket', version: '0.0.1' };

/** Servers flag errors only for clients that identify themselves as pitaya's. Without JSON, errors need the flag. */
const PITAYA = { platform: 'js', libVersion: JAVASCRIPT.version };

export class Connection {
	#socket;
	#owner;
	#options;
	#packets = new PacketReader();
	#inflating = false;
	#cache;
	/** The cached dictionary, whose version the handshake names. */
	#cached;
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
		this.#cached = this.#cache.read();
		const handshake = encodePacket(PacketType.HANDSHAKE, this.#handshakeRequest());
		this.#socket = new WebSocket(url);
		this.#socket.binaryType = 'arraybuffer';
		this.#socket.onopen = () => this.sendPacket(handshake);
		this.#socket.onmessage = (event) => this.#receive(event.data);
		this.#socket.onerror = () => {}; // the close event that follows has the reason
		this.#socket.onclose = ({ code, reason }) => this.#end(new NanoError('lost', `connection lost (${`${code} ${reason}`.trim()})`));
		this.#connectTimer = setTimeout(() => this.#end(new NanoError('timeout', 'no handshake')), connectTimeout);
	}

	/** Throws a RangeError if the message or its route is too long. */
	send(type, id, route, body) {
		this.sendPacket(encodePacket(PacketType.DATA, encodeMessage(type, id, route, body, this.#dictionary)));
	}

	sendPacket(bytes) {
		this.#socket.send(bytes);
	}

	close(error) {
		this.#end(error, true);
	}

	#handshakeRequest() {
		const { user, serializer, sys } = this.#options;
		const dictVersion = this.#cached?.version;
		const family = needsErrorFlag(serializer) ? { ...JAVASCRIPT, ...PITAYA } : JAVASCRIPT;
		const compression = canInflate() ? 'zlib' : undefined;
		try {
			return toJson({ sys: { ...family, dictVersion, compression, ...sys }, user });
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

	/** Pauses while a body is inflated asynchronously, so that later packets do not overtake it. */
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
				return this.#inflated(looksCompressed(body), body, (response) => this.#handshake(fromJson(response)));
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
			// If the cached codes were wrong, the next connection requests new ones.
			this.#cache.clear();
			this.#end(error instanceof NanoError ? error : new NanoError('protocol', String(error)));
		}
	}

	#handshake(response) {
		if (this.#phase === 'open') {
			return;
		}
		if (typeof response?.code !== 'number') {
			throw new NanoError('protocol', 'a handshake response without a code');
		}
		const rejection = rejectionOf(response, this.#options.serializer);
		if (rejection) {
			return this.#end(rejection, true);
		}
		this.#dictionary = this.#cache.adopt(response.sys, this.#cached);
		clearTimeout(this.#connectTimer);
		this.#phase = 'open';
		this.sendPacket(encodePacket(PacketType.HANDSHAKE_ACK));
		this.#startHeartbeat(response.sys?.heartbeat);
		this.#owner.opened(response.user);
	}

	/**
	 * Sends one heartbeat per interval: pomelo and our server echo each, nano and pitaya send their own. Silence is counted
	 * in heartbeats, not in time, because timers stand still while a computer or a tab sleeps.
	 */
	#startHeartbeat(seconds) {
		if (!(seconds > 0)) {
			return;
		}
		const interval = Math.min(seconds, MAX_HEARTBEAT_SECONDS) * 1000;
		this.#heartbeat = setInterval(() => {
			if (this.#unanswered === MAX_UNANSWERED) {
				this.#end(new NanoError('lost', `no packet received for ${MAX_UNANSWERED} heartbeats`));
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
				this.#owner.responded({ ...message, body });
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
			this.#socket.terminate(); // close() of ws would wait half a minute for the close frame of a lost server
		}
		this.#owner.ended(error, final);
	}
}

/** Whether the serializer needs the error flag, because its errors and results look alike. */
export function needsErrorFlag(serializer) {
	return serializer.name === 'protobuf' || serializer.name === 'raw';
}

function bytesOf(data) {
	if (typeof data === 'string') {
		throw new NanoError('protocol', 'a text frame');
	}
	return new Uint8Array(data);
}

/** The reason to reject the server's handshake, if there is one. */
function rejectionOf({ code, msg, sys }, serializer) {
	if (code !== ACCEPTED) {
		return new NanoError(code, String(msg ?? 'handshake refused'));
	}
	const names = [serializer.name, sys?.serializer];
	if (names.includes('json') && names.includes('protobuf')) {
		return new NanoError('serializer', `the server uses ${sys.serializer}, this client ${serializer.name}: `
			+ 'set the option serializer');
	}
	const schemas = { ...sys?.protos?.client, ...sys?.protos?.server };
	if (serializer.name === 'json' && Object.keys(schemas).length > 0) {
		return new NanoError('serializer', 'the server wants pomelo-protobuf, which this client does not support, for '
			+ Object.keys(schemas).join(', '));
	}
	return undefined;
}

/**
 * Servers of the family kick with `{"reason": …}`, with any other JSON, or with an empty body. Earlier versions of our
 * server add `"reconnect": true` when the client is to reconnect; now it closes the connection without a kick.
 */
function kickOf(body) {
	try {
		const kick = fromJson(body);
		return { reason: String(kick?.reason ?? ''), reconnect: kick?.reconnect === true };
	} catch {
		return { reason: '', reconnect: false };
	}
}
