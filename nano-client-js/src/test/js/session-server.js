/*
 * A server that can resume sessions, for tests: it shares no code with the client. A socket is `{send(bytes), close(code)}`;
 * the network calls `receive(bytes)` and `closed(code)` of what `accept(socket)` returns.
 */

import Protocol from 'pomelo-protocol';

const { Package, Message } = Protocol;

const HEADER = 4;
const CLEAN_CODES = [1000, 1005];

export class SessionServer {
	/** Sessions that can be resumed, by all of their tokens. */
	#sessions = new Map();
	#tokens = 0;
	#created = 0;

	/** Called with each new session, before its first message. */
	onSession = () => {};

	/** Returns the handshake response of a server that cannot decide now, or nothing. */
	refusal = () => undefined;

	accept(socket) {
		return new Line(this, socket);
	}

	create() {
		return new ServerSession(++this.#created, this);
	}

	find(token) {
		return this.#sessions.get(token);
	}

	tokenFor(session) {
		const token = `token-${++this.#tokens}`;
		this.#sessions.set(token, session);
		return token;
	}

	forget(...tokens) {
		tokens.forEach((token) => this.#sessions.delete(token));
	}
}

/** One connection. */
class Line {
	#server;
	#socket;
	#bytes = Buffer.alloc(0);
	#session;
	#reply;
	#ended = false;

	constructor(server, socket) {
		this.#server = server;
		this.#socket = socket;
	}

	receive(bytes) {
		this.#bytes = Buffer.concat([this.#bytes, bytes]);
		while (!this.#ended && this.#bytes.length >= HEADER) {
			const end = HEADER + this.#bytes.readUIntBE(1, 3);
			if (this.#bytes.length < end) {
				return;
			}
			const { type, body } = Package.decode(this.#bytes.subarray(0, end));
			this.#bytes = this.#bytes.subarray(end);
			this.#handle(type, body);
		}
	}

	closed(code) {
		if (this.#ended) {
			return;
		}
		this.#ended = true;
		if (this.#session?.line === this) {
			this.#session.line = undefined;
			if (CLEAN_CODES.includes(code)) {
				this.#session.end();
			}
		}
	}

	/** Cuts this connection from the server's side. */
	cut(code = 1001) {
		if (!this.#ended) {
			this.#socket.close(code);
			this.closed(1006);
		}
	}

	send(bytes) {
		this.#socket.send(bytes);
	}

	#handle(type, body) {
		switch (type) {
			case Package.TYPE_HANDSHAKE:
				return this.#handshake(JSON.parse(body).sys.resume);
			case Package.TYPE_HANDSHAKE_ACK:
				return this.#session.acknowledged(this, this.#reply);
			case Package.TYPE_HEARTBEAT:
				return this.#heartbeat(body);
			case Package.TYPE_DATA:
				return this.#session.receive(Message.decode(body));
		}
		throw new Error(`a client must not send a packet of type ${type}`);
	}

	#handshake(resume) {
		const refusal = this.#server.refusal();
		if (refusal) {
			this.send(packet(Package.TYPE_HANDSHAKE, refusal));
			return this.cut();
		}
		const former = this.#server.find(resume.token);
		const resumed = former?.canResume(resume.received) ?? false;
		this.#session = resumed ? former : this.#server.create();
		this.#session.line?.cut(); // the later one wins
		this.#session.line = this;
		const state = resumed ? 'resumed' : resume.token ? 'lost' : 'new';
		const token = this.#session.renew();
		this.#reply = { state, from: resume.received ?? 0 };
		this.send(packet(Package.TYPE_HANDSHAKE, {
			code: 200, sys: { heartbeat: 1, resume: { token, window: 30, state, received: this.#session.received } },
			user: { session: this.#session.id }
		}));
	}

	#heartbeat(body) {
		if (!this.#session.open || body.length !== 8 || !this.#session.confirm(Number(Buffer.from(body).readBigUInt64BE()))) {
			throw new Error(`an impossible heartbeat ${Buffer.from(body).toString('hex')}`);
		}
		const count = Buffer.alloc(8);
		count.writeBigUInt64BE(BigInt(this.#session.received));
		this.send(Package.encode(Package.TYPE_HEARTBEAT, count));
	}
}

export class ServerSession {
	id;
	received = 0;
	/** The connection whose handshake is the latest. */
	line;
	/** Whether that connection has acknowledged its handshake. */
	open = false;
	/** Called with each message of the client, `{type, id, route, body}`. */
	onMessage = () => {};
	#server;
	#began = false;
	#ended = false;
	#tokens = [];
	/** Packets that the client has not confirmed. */
	#written = [];
	#waiting = [];
	#confirmed = 0;

	constructor(id, server) {
		this.id = id;
		this.#server = server;
	}

	/** The connected session sends at once, others when they are resumed. */
	send(bytes) {
		if (this.#ended) {
			return;
		}
		if (this.line && this.open) {
			this.#written.push(bytes);
			this.line.send(bytes);
		} else {
			this.#waiting.push(bytes);
		}
	}

	get hasEnded() {
		return this.#ended;
	}

	canResume(received) {
		return !this.#ended && received >= this.#confirmed && received <= this.#confirmed + this.#written.length;
	}

	/** The token that the client has proven to know is valid, and so are all newer ones: any reply may be lost or late. */
	renew() {
		this.open = false;
		this.#tokens.push(this.#server.tokenFor(this));
		return this.#tokens.at(-1);
	}

	acknowledged(line, { state, from }) {
		if (this.line !== line) {
			return;
		}
		this.open = true;
		this.#server.forget(...this.#tokens.splice(0, this.#tokens.length - 1));
		if (state === 'resumed') {
			this.confirm(from);
			this.#written.forEach((bytes) => line.send(bytes));
		}
		if (!this.#began) {
			this.#began = true;
			this.#server.onSession(this);
		}
		this.#waiting.splice(0).forEach((bytes) => this.send(bytes));
	}

	confirm(count) {
		if (!this.canResume(count)) {
			return false;
		}
		this.#written.splice(0, count - this.#confirmed);
		this.#confirmed = count;
		return true;
	}

	receive(message) {
		if (!this.open) {
			throw new Error('data before the end of the handshake');
		}
		this.received++;
		this.onMessage({ ...message, body: JSON.parse(message.body) });
	}

	/** Forgets this session, as at the end of the window. */
	end() {
		this.#ended = true;
		this.#server.forget(...this.#tokens.splice(0));
		this.line?.cut();
	}
}

export function packet(type, json) {
	return Package.encode(type, Buffer.from(JSON.stringify(json)));
}
