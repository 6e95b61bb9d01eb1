/*
 * Internal. One WebSocket from its handshake to its end; it does not reconnect. It calls its owner in this order:
 * lost(error), if the server does not continue the session; opened(user, resumed); any number of pushed(push),
 * responded(response) and confirmed(); kicked(kick); ended(error, end). Malformed bytes end the connection and never
 * throw.
 *
 * An end is `{final, over, delay}`: final means that the client must not reconnect, over that the session cannot be
 * resumed, and delay is the time in milliseconds that the server wants the client to wait.
 */

import { DictionaryCache } from './dictionary.js';
import {
	handshakeRequest, handshakeResponse, kickOf, lossOf, millisecondsOf, missedKickOf, moveOf, postponementOf, rejectionOf,
	resumeReplyOf
} from './handshake.js';
import {
	MessageType, NanoError, PacketReader, PacketType,
	decodeMessage, encodeMessage, encodePacket, inflate, looksCompressed, protocolError
} from './wire.js';

/** Heartbeats in a row after which a server that has sent no packet is lost. */
const MAX_UNANSWERED = 2;

/** Close codes of WebSockets: the end of a session, and that of a connection whose session is to be resumed. */
const CLEAN = 1000;
const CUT = 3001;

/**
 * Close codes after which the server may have kept the session: a server or proxy that goes away or restarts, no code, no
 * close frame, and a server that has received nothing for too long. All others end the session.
 */
const CUTS = [1001, 1005, 1006, 1012, 4408];

export class Connection {
	#socket;
	#owner;
	#options;
	#session;
	#packets = new PacketReader();
	#inflating = false;
	#cache;
	/** The cached dictionary, whose version the handshake names. */
	#cached;
	#phase = 'handshake';
	#unanswered = 0;
	#heartbeat;
	#connectTimer;
	#moveTimer;

	constructor(url, options, session, owner) {
		const { WebSocket, connectTimeout, storage } = options;
		this.#owner = owner;
		this.#options = options;
		this.#session = session;
		this.#cache = new DictionaryCache(storage, url);
		this.#cached = this.#cache.read();
		const handshake = encodePacket(PacketType.HANDSHAKE, handshakeRequest(options, this.#cached?.version, session));
		this.#socket = new WebSocket(url);
		this.#socket.binaryType = 'arraybuffer';
		this.#socket.onopen = () => this.#socket.send(handshake);
		this.#socket.onmessage = (event) => this.#receive(event.data);
		this.#socket.onerror = () => {}; // the close event that follows has the reason
		this.#socket.onclose = ({ code, reason }) => this.#closed(code, reason);
		this.#connectTimer = setTimeout(() => this.#end(new NanoError('timeout', 'no handshake')), connectTimeout);
	}

	/** Throws a RangeError if the message or its route is too long. */
	encode(type, id, route, body) {
		return encodePacket(PacketType.DATA, encodeMessage(type, id, route, body, this.#session.dictionary));
	}

	/** Writes a message of the session for the first time. */
	write(message) {
		this.#socket.send(message.packet);
		this.#session.wrote(message);
		this.#acknowledgeIfDue();
	}

	close(error) {
		this.#end(error, { final: true });
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
				return this.#inflated(looksCompressed(body), body, (json) => this.#handshake(json));
			case PacketType.HEARTBEAT:
				return this.#confirm(body);
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
		inflate(bytes).then((plain) => this.#proceed(() => then(plain)), (error) => this.#proceed(() => {
			throw error;
		}));
	}

	#proceed(step) {
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
			this.#end(error instanceof NanoError ? error : protocolError(String(error)), { over: this.#phase === 'open' });
		}
	}

	#handshake(json) {
		if (this.#phase === 'open') {
			return;
		}
		const response = handshakeResponse(json);
		const postponement = postponementOf(response, this.#options, this.#session);
		if (postponement) {
			return this.#end(postponement.error, { delay: postponement.delay });
		}
		const rejection = rejectionOf(response, this.#options);
		if (rejection) {
			return this.#end(rejection, { final: true });
		}
		const reply = resumeReplyOf(response, this.#options, this.#session);
		this.#phase = 'open'; // an error before this does not end the session, an impossible count does
		if (reply?.state === 'resumed') {
			this.#session.resume(reply);
			this.#open(response, true);
		} else {
			this.#begin(response, reply);
		}
	}

	#begin(response, reply) {
		if (this.#session.resumable) {
			const kick = missedKickOf(reply);
			if (kick) {
				return this.#kicked(kick);
			}
			this.#owner.lost(lossOf(reply));
		}
		this.#session.begin(reply, this.#cache.adopt(response.sys, this.#cached));
		this.#open(response, false);
	}

	/** The packets that the server has not received go first, then the heartbeat, then what has waited. */
	#open({ sys, user }, resumed) {
		clearTimeout(this.#connectTimer);
		this.#socket.send(encodePacket(PacketType.HANDSHAKE_ACK));
		if (this.#session.resumable) {
			globalThis.addEventListener?.('pagehide', this.#pageHidden);
		}
		if (resumed) {
			this.#session.unconfirmed.forEach((packet) => this.#socket.send(packet));
			this.#acknowledge();
		}
		this.#startHeartbeat(sys?.heartbeat);
		this.#owner.opened(user, resumed);
	}

	/** A page that is left or loaded again cannot resume its session. Browsers would close it like one that can. */
	#pageHidden = ({ persisted }) => {
		if (!persisted) {
			this.#socket.close(CLEAN);
		}
	};

	/**
	 * Sends one heartbeat per interval: pomelo and our server echo each, nano and pitaya send their own. Silence is counted
	 * in heartbeats, not in time, because timers stand still while a computer or a tab sleeps.
	 */
	#startHeartbeat(seconds) {
		const interval = millisecondsOf(seconds);
		if (!interval) {
			return;
		}
		this.#heartbeat = setInterval(() => {
			if (this.#unanswered === MAX_UNANSWERED) {
				this.#end(new NanoError('lost', `no packet received for ${MAX_UNANSWERED} heartbeats`));
			} else {
				this.#unanswered++;
				this.#acknowledge();
			}
		}, interval);
	}

	#acknowledge() {
		this.#socket.send(this.#session.heartbeat());
	}

	#acknowledgeIfDue() {
		if (this.#phase === 'open' && this.#session.heartbeatDue) {
			this.#acknowledge();
		}
	}

	#confirm(body) {
		if (this.#phase === 'open' && this.#session.resumable) {
			this.#session.confirm(body);
			this.#owner.confirmed();
		}
	}

	#message(bytes) {
		if (this.#phase !== 'open') {
			throw protocolError('data before the handshake');
		}
		const message = decodeMessage(bytes, this.#session.dictionary);
		this.#inflated(message.compressed, message.body, (body) => {
			this.#session.received(bytes.length); // not before: what is not delivered at a cut must be sent again
			if (message.type === MessageType.PUSH) {
				this.#owner.pushed({ ...message, body });
			} else {
				this.#owner.responded({ ...message, body });
			}
			this.#acknowledgeIfDue();
		});
	}

	#kick(body) {
		const delay = this.#phase === 'open' && this.#session.resumable ? moveOf(body) : undefined;
		if (delay === undefined) {
			return this.#kicked(kickOf(body));
		}
		clearTimeout(this.#moveTimer);
		this.#moveTimer = setTimeout(() => this.#end(new NanoError('lost', 'the server asks to move')), delay);
	}

	#kicked(kick) {
		this.#owner.kicked(kick);
		this.#end(new NanoError('kicked', kick.reason), { final: !kick.reconnect, over: true });
	}

	/** A close frame ends the session only if there is one on this connection. */
	#closed(code, reason) {
		const error = new NanoError('lost', `connection lost (${`${code} ${reason}`.trim()})`);
		this.#end(error, { over: this.#phase === 'open' && !CUTS.includes(code) });
	}

	#end(error, { final = false, over = final, delay } = {}) {
		if (this.#phase === 'ended') {
			return;
		}
		this.#phase = 'ended';
		clearTimeout(this.#connectTimer);
		clearTimeout(this.#moveTimer);
		clearInterval(this.#heartbeat);
		globalThis.removeEventListener?.('pagehide', this.#pageHidden);
		this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
		if (final || (over && this.#session.resumable)) {
			this.#socket.close(CLEAN);
		} else if (this.#socket.terminate) {
			this.#socket.terminate(); // close() of ws would wait half a minute for the close frame of a lost server
		} else {
			this.#socket.close(CUT);
		}
		this.#owner.ended(error, { final, over, delay });
	}
}

function bytesOf(data) {
	if (typeof data === 'string') {
		throw protocolError('a text frame');
	}
	return new Uint8Array(data);
}
