import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { FakeServer, Queue, newClient } from './fake-server.js';

const SOON = { reconnectDelay: 5, maxReconnectDelay: 10 };

test('a server is killed and restarted: requests fail with words, pushes resume, each once', async (t) => {
	let server = await FakeServer.start(t);
	const { port } = server;
	const { client, states } = newClient(t, server.url, SOON);
	const heard = [];
	const changes = [];
	client.on('onMessage', (n) => heard.push(n));
	client.onState(({ state }) => changes.push(state));
	client.connect();
	let peer = await server.acceptOpen();
	for (let n = 0; n < 10; n++) {
		await client.connect();
		peer.push('onMessage', n);
		const answer = client.request('any.thing');
		const lost = client.request('any.other');
		peer.respond((await peer.message()).id, {});
		await answer;
		const rejected = assert.rejects(lost, { name: 'NanoError', code: 'lost', msg: 'connection lost (1006)' });
		await server.stop();
		await rejected;
		server = await FakeServer.start(t, port);
		peer = await server.acceptOpen();
	}
	await client.connect();
	assert.deepEqual(heard, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	assert.equal(changes.filter((state) => state === 'open').length, 11);
	assert.equal(server.clients, 1);
	assert.equal((await states.next()).state, 'connecting');
});

test('after close() nothing keeps a program alive', async (t) => {
	let server = await FakeServer.start(t);
	const { port } = server;
	const beating = { code: 200, sys: { heartbeat: 30 } };
	const visitor = new Visitor(t, server.url);
	visitor.tell('connect');
	let peer = await server.acceptOpen(beating);
	await visitor.hears('connecting', 'open');
	for (let n = 0; n < 3; n++) {
		peer.push('onMessage', n);
		await visitor.hears(`push ${n}`);
		visitor.tell('request');
		await peer.message();
		await server.stop();
		await visitor.hears('waiting', 'lost');
		server = await FakeServer.start(t, port);
		peer = await server.acceptOpen(beating);
		await visitor.hears('open');
	}
	visitor.tell('request');
	await peer.message();
	visitor.tell('close');
	await visitor.hears('closed');
	assert.equal(await visitor.ended(), 0);
});

test('nor when the client is closed while it waits', async (t) => {
	const server = await FakeServer.start(t);
	const visitor = new Visitor(t, server.url);
	visitor.tell('connect');
	await server.acceptOpen();
	await visitor.hears('open');
	await server.stop();
	await visitor.hears('waiting');
	visitor.tell('request');
	visitor.tell('close');
	await visitor.hears('closed');
	assert.equal(await visitor.ended(), 0);
});

class Visitor {
	#process;
	#heard = new Queue();
	#end;

	constructor(t, url) {
		const program = fileURLToPath(new URL('visitor.js', import.meta.url));
		this.#process = spawn(process.execPath, [program, url], { stdio: ['pipe', 'pipe', 'inherit'] });
		this.#end = once(this.#process, 'exit');
		createInterface({ input: this.#process.stdout }).on('line', (line) => this.#heard.push(line));
		t.after(() => this.#process.kill());
	}

	tell(command) {
		this.#process.stdin.write(`${command}\n`);
	}

	/** Awaits these lines in their order, and skips others, such as attempts that failed. */
	async hears(...lines) {
		for (const line of lines) {
			let heard;
			do {
				heard = await this.#heard.next();
				assert.ok(line.startsWith('push') || !heard.startsWith('push'), `${heard}, not ${line}`);
			} while (heard !== line);
		}
	}

	/** The exit code, or null for one that has to be killed. */
	async ended() {
		const late = setTimeout(() => this.#process.kill(), 5000);
		const [code] = await this.#end;
		clearTimeout(late);
		return code;
	}
}
