/*
 * A server of the family for tests, which can await every packet of a client and send any bytes. It uses the codec of
 * pomelo-protocol, so that the client's own codec is never compared with itself.
 */

import assert from 'node:assert/strict';

import Protocol from 'pomelo-protocol';
import { WebSocket, WebSocketServer } from 'ws';

import { NanoClient } from '../../main/resources/META-INF/resources/nano/client.js';

const { Package, Message } = Protocol;

/** Received items, awaited one by one. */
export class Queue {
	#arrived = [];
	#waiting = [];

	push(item) {
		const waiting = this.#waiting.shift();
		if (waiting) {
			waiting(item);
		} else {
			this.#arrived.push(item);
		}
	}

	next() {
		if (this.#arrived.length > 0) {
			return Promise.resolve(this.#arrived.shift());
		}
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error('nothing received for 5 s')), 5000);
			this.#waiting.push((item) => {
				clearTimeout(late);
				resolve(item);
			});
		});
	}
}

export class FakeServer {
	#accepted = new Queue();
	#server;

	static async start(t, port = 0) {
		const server = new FakeServer();
		server.#server = new WebSocketServer({ host: '127.0.0.1', port });
		server.#server.on('connection', (socket) => server.#accepted.push(new Peer(socket)));
		await new Promise((resolve) => server.#server.once('listening', resolve));
		t.after(() => server.stop());
		return server;
	}

	get port() {
		return this.#server.address().port;
	}

	get url() {
		return `ws://127.0.0.1:${this.port}/nano`;
	}

	/** The number of connected clients. */
	get clients() {
		return this.#server.clients.size;
	}

	/** Accepts the next client, before its handshake. */
	accept() {
		return this.#accepted.next();
	}

	/** Accepts the next client and completes its handshake. */
	async acceptOpen(reply) {
		const peer = await this.accept();
		await peer.completeHandshake(reply);
		return peer;
	}

	async stop() {
		this.#server.clients.forEach((socket) => socket.terminate());
		await new Promise((resolve) => this.#server.close(resolve));
	}
}

export class Peer {
	#socket;
	#packets = new Queue();
	#dict = {};

	/** Resolved with the close code when the client has disconnected. */
	closed;

	constructor(socket) {
		this.#socket = socket;
		socket.on('message', (data) => [Package.decode(data)].flat().forEach((packet) => this.#packets.push(packet)));
		this.closed = new Promise((resolve) => socket.once('close', resolve));
	}

	packet() {
		return this.#packets.next();
	}

	/** Reads the next packet, which must be a message with JSON. */
	async message() {
		const message = await this.binaryMessage();
		return { ...message, body: JSON.parse(message.body) };
	}

	/** Reads the next packet, which must be a message. */
	async binaryMessage() {
		const { type, body } = await this.packet();
		assert.equal(type, Package.TYPE_DATA);
		const message = Message.decode(body);
		const route = message.compressRoute ? this.#routeOf(message.route) : message.route;
		return { ...message, route };
	}

	/** @param reply the handshake response, or a function of the client's handshake */
	async completeHandshake(reply = { code: 200, sys: {} }) {
		const handshake = JSON.parse((await this.packet()).body);
		const sent = typeof reply === 'function' ? reply(handshake) : reply;
		this.#dict = sent.sys?.dict ?? this.#dict;
		this.send(Package.TYPE_HANDSHAKE, JSON.stringify(sent));
		assert.equal((await this.packet()).type, Package.TYPE_HANDSHAKE_ACK);
		return handshake;
	}

	/** Reads the next packet, which must be a heartbeat with a count. */
	async count() {
		const { type, body } = await this.packet();
		assert.deepEqual([type, body.length], [Package.TYPE_HEARTBEAT, 8]);
		return Number(Buffer.from(body).readBigUInt64BE());
	}

	/** Sends a heartbeat with a count. */
	confirm(count) {
		this.bytes(Buffer.concat([Buffer.of(Package.TYPE_HEARTBEAT, 0, 0, 8), countOf(count)]));
	}

	/** Sets the codes that this end uses if its handshake response has none. */
	useDictionary(dict) {
		this.#dict = dict;
	}

	send(type, text) {
		this.bytes(Package.encode(type, text === undefined ? undefined : Buffer.from(text)));
	}

	push(route, body) {
		this.bytes(push(route, body, this.#dict[route]));
	}

	respond(id, body) {
		this.bytes(response(id, body));
	}

	kick(reason, more) {
		this.send(Package.TYPE_KICK, reason === undefined ? undefined : JSON.stringify({ reason, ...more }));
	}

	/** Sends one frame. */
	bytes(bytes) {
		this.#socket.send(bytes);
	}

	/** Closes with a close frame. */
	close(code, reason) {
		this.#socket.close(code, reason);
	}

	terminate() {
		this.#socket.terminate();
	}

	#routeOf(code) {
		return Object.keys(this.#dict).find((route) => this.#dict[route] === code);
	}
}

function countOf(count) {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64BE(BigInt(count));
	return bytes;
}

/** The handshake response of a server that can resume sessions. */
export function resumable(state, token, received = 0, { user, ...more } = {}) {
	return { code: 200, sys: { resume: { token, window: 30, state, received, ...more } }, user };
}

/** Returns a packet with a push; with a code, the route is compressed. */
export function push(route, body, code) {
	return data(Message.encode(0, Message.TYPE_PUSH, code ? 1 : 0, code ?? route, bytesOf(body)));
}

export function response(id, body, flags = 0) {
	const message = Message.encode(id, Message.TYPE_RESPONSE, 0, null, bytesOf(body));
	message[0] |= flags;
	return data(message);
}

function bytesOf(body) {
	return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
}

export function data(message) {
	return Package.encode(Package.TYPE_DATA, message);
}

/** Creates a client that is closed when the test ends, and the queue of its states. */
export function newClient(t, url, options = {}) {
	const client = new NanoClient(url, { WebSocket, ...options });
	const states = new Queue();
	client.onState((change) => states.push(change));
	t.after(() => client.close());
	return { client, states };
}

/** Starts a server, connects a client, and returns both and the server's end of their connection. */
export async function openClient(t, { reply, ...options } = {}) {
	const server = await FakeServer.start(t);
	const { client, states } = newClient(t, server.url, options);
	const opened = client.connect();
	const peer = await server.acceptOpen(reply);
	await opened;
	await states.next();
	await states.next();
	return { server, client, states, peer };
}

/** Makes this process a page with events until the test ends. Returns its window, which has the number of its listeners. */
export function pageOf(t) {
	const window = new EventTarget();
	const listeners = new Set();
	Object.defineProperty(window, 'listening', { get: () => listeners.size });
	globalThis.addEventListener = (type, listener) => {
		listeners.add(listener);
		window.addEventListener(type, listener);
	};
	globalThis.removeEventListener = (type, listener) => {
		listeners.delete(listener);
		window.removeEventListener(type, listener);
	};
	t.after(() => {
		delete globalThis.addEventListener;
		delete globalThis.removeEventListener;
	});
	return window;
}
