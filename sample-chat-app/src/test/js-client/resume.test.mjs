// Tests the JavaScript client with the chat sample, through a network that cuts its connections. NANO_PORT is the port of
// the server, NANO_MESSAGES the number of messages of each client.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { NanoClient } from '../../../../nano-client-js/src/main/resources/META-INF/resources/nano/client.js';
import { CuttingProxy } from './cutting-proxy.mjs';

// Node.js before 22 has no built-in WebSocket.
const { WebSocket } = createRequire(new URL('../wild-clients/package.json', import.meta.url))('ws');

const MESSAGES = Number(process.env.NANO_MESSAGES ?? 1000);
const NAMES = ['Ann', 'Bob'];

test('over a network that cuts connections, each message arrives once and in order', async (t) => {
	const proxy = await CuttingProxy.start(process.env.NANO_PORT, 200);
	t.after(() => proxy.close());
	const players = NAMES.map((name) => new Player(t, proxy.port, name));
	proxy.calm = true;
	await Promise.all(players.map((player) => player.join()));
	proxy.calm = false;
	const began = performance.now();
	await Promise.all(players.map((player) => player.talk()));
	proxy.calm = true;
	for (const player of players) {
		await player.awaitAll();
		for (const name of NAMES) {
			assert.deepEqual(player.received.get(name), Array.from({ length: MESSAGES }, (_, n) => `${n}`), name);
		}
	}
	const resumes = players.reduce((sum, player) => sum + player.resumes, 0);
	t.diagnostic(`${proxy.cuts} cuts, ${resumes} resumes, ${Math.round(performance.now() - began)} ms`);
	assert.ok(resumes > 10);
	assert.deepEqual(players.map((player) => player.losses), [0, 0]);
});

class Player {
	received = new Map(NAMES.map((name) => [name, []]));
	resumes = 0;
	losses = 0;
	#name;
	#client;
	#answers = [];

	constructor(t, port, name) {
		this.#name = name;
		this.#client = new NanoClient(`ws://127.0.0.1:${port}/nano`, {
			WebSocket, reconnectDelay: 20, maxReconnectDelay: 100, requestTimeout: Infinity
		});
		t.after(() => this.#client.close());
		this.#client.on('onMessage', ({ name: from, content }) => this.received.get(from).push(content));
		this.#client.onState(({ resumed }) => {
			this.resumes += resumed ? 1 : 0;
		});
		this.#client.onLost(() => this.losses++);
	}

	async join() {
		await this.#client.connect();
		await this.#client.request('room.join', { name: this.#name, room: 'cuts' });
	}

	async talk() {
		for (let n = 0; n < MESSAGES; n++) {
			if (n % 50 === 0) {
				await this.#client.connect(); // no more messages than the network can deliver
			}
			this.#client.notify('room.message', { content: `${n}` });
			if (n % 5 === 0) {
				this.#answers.push(assert.rejects(this.#client.request('no.route', {}), { code: 404 }));
			}
			await pause(1);
		}
	}

	async awaitAll() {
		await Promise.all(this.#answers);
		while (NAMES.some((name) => this.received.get(name).length < MESSAGES)) {
			await pause(10);
		}
	}
}
