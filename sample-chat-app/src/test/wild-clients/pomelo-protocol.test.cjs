'use strict';

/*
 * The family's codec without a client, over a plain TCP socket and a plain WebSocket.
 */

const net = require('node:net');
const { Message, Package } = require('pomelo-protocol');
const WebSocket = require('ws');

const { chatsThrough } = require('./chat-contract.cjs');
const Inbox = require('./inbox.cjs');
const PacketCutter = require('./packet-cutter.cjs');

chatsThrough('pomelo-protocol over TCP', async (port) => {
	const socket = net.connect(port, '127.0.0.1');
	const session = new Session((packet) => socket.write(packet), () => socket.destroy());
	const cutter = new PacketCutter();
	socket.on('data', (chunk) => [...cutter.cut(chunk)].forEach((packet) => session.receive(packet)));
	socket.on('connect', () => session.sendHandshake());
	socket.on('close', () => session.closed());
	socket.on('error', (error) => session.failed(error));
	return session.opened;
});

chatsThrough('pomelo-protocol over WebSocket', async (port) => {
	const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
	const session = new Session((packet) => socket.send(packet), () => socket.close());
	socket.on('message', (frame) => session.receive(frame));
	socket.on('open', () => session.sendHandshake());
	socket.on('close', () => session.closed());
	socket.on('error', (error) => session.failed(error));
	return session.opened;
});

class Session {
	inbox = new Inbox();
	#send;
	#lastId = 0;
	#pending = new Map();
	#heartbeat;
	#opening;

	constructor(send, close) {
		this.#send = send;
		this.close = close;
		this.opened = new Promise((resolve, reject) => {
			this.#opening = resolve;
			this.failed = reject;
		});
	}

	sendHandshake() {
		const handshake = { sys: { type: 'js-websocket', version: '0.0.1' }, user: {} };
		this.#send(Package.encode(Package.TYPE_HANDSHAKE, Buffer.from(JSON.stringify(handshake))));
	}

	request = (route, body) => {
		const id = ++this.#lastId;
		this.#data(Message.encode(id, Message.TYPE_REQUEST, 0, route, Buffer.from(JSON.stringify(body))));
		return new Promise((resolve) => this.#pending.set(id, resolve));
	};

	notify = (route, body) => {
		this.#data(Message.encode(0, Message.TYPE_NOTIFY, 0, route, Buffer.from(JSON.stringify(body))));
	};

	closed() {
		clearTimeout(this.#heartbeat);
		this.inbox.add('closed');
	}

	receive(bytes) {
		const { type, body } = Package.decode(bytes);
		switch (type) {
			case Package.TYPE_HANDSHAKE:
				return this.#open(JSON.parse(body));
			case Package.TYPE_HEARTBEAT:
				return this.#heartbeatReceived();
			case Package.TYPE_DATA:
				return this.#message(Message.decode(body));
			case Package.TYPE_KICK:
				return this.inbox.add('kick', JSON.parse(body));
		}
	}

	#open({ code, sys }) {
		if (code !== 200) {
			return this.failed(new Error(`handshake refused: ${code}`));
		}
		this.sys = sys;
		this.#send(Package.encode(Package.TYPE_HANDSHAKE_ACK));
		this.#opening(this);
	}

	#heartbeatReceived() {
		this.inbox.add('heartbeat');
		const reply = () => this.#send(Package.encode(Package.TYPE_HEARTBEAT));
		this.#heartbeat = setTimeout(reply, this.sys.heartbeat * 1000);
	}

	#message({ id, compressRoute, route, body }) {
		const content = JSON.parse(body);
		if (id > 0) {
			this.#pending.get(id)(content);
		} else {
			this.inbox.add(compressRoute ? this.#routeOf(route) : route, content);
		}
	}

	#routeOf(code) {
		return Object.keys(this.sys.dict).find((route) => this.sys.dict[route] === code);
	}

	#data(message) {
		this.#send(Package.encode(Package.TYPE_DATA, message));
	}
}
