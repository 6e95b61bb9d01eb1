// Tests the protocol json with the chat sample, through a network that cuts its connections: clients without a library that
// resume on WebSockets and on TCP. NANO_PORT is the port of the server, NANO_MESSAGES the number of messages of each client.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { CuttingProxy } from './cutting-proxy.mjs';

// Node.js before 22 has no built-in WebSocket.
const { WebSocket } = createRequire(new URL('../wild-clients/package.json', import.meta.url))('ws');

const MESSAGES = Number(process.env.NANO_MESSAGES ?? 1000);
const NAMES = ['Ann', 'Bob'];
const MAX_UNACKNOWLEDGED = 64;
const TRANSPORTS = ['tcp', 'tcp', 'websocket', 'websocket'];

test('over a network that cuts connections, each message of the protocol json arrives once and in order', async (t) => {
	const proxy = await CuttingProxy.start(process.env.NANO_PORT, 200);
	t.after(() => proxy.close());
	const players = NAMES.map((name) => new Player(t, proxy.port, name));
	proxy.calm = true;
	await Promise.all(players.map((player) => player.join()));
	proxy.calm = false;
	await Promise.all(players.map((player) => player.talk()));
	proxy.calm = true;
	for (const player of players) {
		await player.awaitAll();
		for (const name of NAMES) {
			assert.deepEqual(player.received.get(name), Array.from({ length: MESSAGES }, (_, n) => `${n}`), name);
		}
	}
	const counts = players.map(({ client }) => client.counts);
	t.diagnostic(`${proxy.cuts} cuts, ${JSON.stringify(counts)}`);
	for (const { tcp, websocket, moved, lost } of counts) {
		assert.ok(tcp > 1 && websocket > 1 && moved > 1);
		assert.equal(lost, 0);
	}
});

class Player {
	received = new Map(NAMES.map((name) => [name, []]));
	client;
	#name;
	#replies = [];

	constructor(t, port, name) {
		this.#name = name;
		this.client = new JsonClient(port, ({ name: from, content }) => this.received.get(from)?.push(content));
		t.after(() => this.client.leave());
	}

	async join() {
		assert.equal((await this.client.request('room.join', { name: this.#name, room: 'json-cuts' })).body.code, 0);
	}

	async talk() {
		for (let n = 0; n < MESSAGES; n++) {
			while (this.client.unconfirmed.length > 200) {
				await pause(1); // no more messages than the network can deliver
			}
			this.client.notify('room.message', { content: `${n}` });
			if (n % 5 === 0) {
				this.#replies.push(this.client.request('no.route', n));
			}
			await pause(1);
		}
	}

	async awaitAll() {
		assert.ok((await Promise.all(this.#replies)).every(({ error }) => error.code === 404));
		while (NAMES.some((name) => this.received.get(name).length < MESSAGES)) {
			await pause(10);
		}
	}
}

/** Reconnects at once, by the same transport or by the other one. */
class JsonClient {
	/** How often it has resumed by a transport, and by another one than before, and lost its session. */
	counts = { tcp: 0, websocket: 0, moved: 0, lost: 0 };
	/** The messages that the server has not confirmed. */
	unconfirmed = [];
	#port;
	#onMessage;
	#connection;
	#ready = false;
	#leaving = false;
	#attempts = 0;
	#transport;
	#token;
	#sent = 0;
	#received = 0;
	#unacknowledged = 0;
	#lastId = 0;
	#replies = new Map();

	constructor(port, onMessage) {
		this.#port = port;
		this.#onMessage = onMessage;
		this.#connect();
	}

	request(route, body) {
		const id = ++this.#lastId;
		this.#send({ route, id, body });
		return new Promise((resolve) => this.#replies.set(id, resolve));
	}

	notify(route, body) {
		this.#send({ route, body });
	}

	leave() {
		this.#leaving = true;
		this.#connection.send('{"close":true}');
	}

	#send(message) {
		const frame = JSON.stringify(message);
		this.#sent++;
		this.unconfirmed.push(frame);
		if (this.#ready) {
			this.#connection.send(frame);
			this.#count();
		}
	}

	#count() {
		if (++this.#unacknowledged >= MAX_UNACKNOWLEDGED) {
			this.#acknowledge();
		}
	}

	#acknowledge() {
		this.#unacknowledged = 0;
		this.#connection.send(JSON.stringify({ ack: this.#received }));
	}

	#connect() {
		this.#ready = false;
		const transport = TRANSPORTS[this.#attempts++ % TRANSPORTS.length];
		const opened = () => this.#connection.send(JSON.stringify({
			handshake: {},
			resume: this.#token ? { token: this.#token, received: this.#received } : {}
		}));
		const closed = async () => {
			await pause(10);
			if (!this.#leaving) {
				this.#connect();
			}
		};
		const received = (text) => this.#receive(JSON.parse(text), transport);
		this.#connection = (transport === 'tcp') ? tcp(this.#port, opened, received, closed)
			: webSocket(this.#port, opened, received, closed);
	}

	#receive({ route, id, body, error, ack, handshake, resume, kick }, transport) {
		if (handshake) {
			this.#begin(resume, transport);
		} else if (ack !== undefined) {
			this.#confirmed(ack);
		} else if (route || id) {
			this.#received++;
			this.#count();
			if (route === 'onMessage') {
				this.#onMessage(body);
			} else if (id) {
				this.#replies.get(id)({ body, error });
				this.#replies.delete(id);
			}
		} else {
			assert.fail(`kicked: ${JSON.stringify(kick)}`);
		}
	}

	#begin({ token, state, received }, transport) {
		this.#token = token;
		if (state === 'resumed') {
			this.counts[transport]++;
			this.counts.moved += (this.#transport !== transport) ? 1 : 0;
			this.#confirmed(received);
		} else {
			this.counts.lost += (state === 'lost') ? 1 : 0;
			this.#received = 0;
		}
		this.#transport = transport;
		this.#acknowledge();
		this.unconfirmed.forEach((frame) => this.#connection.send(frame));
		this.#ready = true;
		this.#acknowledge();
	}

	#confirmed(count) {
		const first = this.#sent - this.unconfirmed.length;
		assert.ok(count >= first && count <= this.#sent, `${count} is not ${first} to ${this.#sent}`);
		this.unconfirmed.splice(0, count - first);
	}
}

function tcp(port, opened, received, closed) {
	const socket = connect(port, '127.0.0.1', opened).on('error', () => {}).on('close', closed);
	createInterface({ input: socket }).on('line', (line) => {
		if (line.endsWith('}') && isJson(line)) {
			received(line); // otherwise the rest of a line that was cut
		}
	}).on('error', () => {});
	return { send: (frame) => socket.write(`${frame}\n`) };
}

function isJson(line) {
	try {
		JSON.parse(line);
		return true;
	} catch {
		return false;
	}
}

function webSocket(port, opened, received, closed) {
	const socket = new WebSocket(`ws://127.0.0.1:${port}/nano`);
	socket.on('open', opened).on('error', () => {}).on('close', closed);
	socket.on('message', (data, isBinary) => {
		assert.equal(isBinary, false);
		assert.ok(!data.toString().includes('\n'));
		received(data.toString());
	});
	return { send: (frame) => socket.readyState === WebSocket.OPEN && socket.send(frame) };
}
