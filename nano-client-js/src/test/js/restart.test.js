import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { FakeServer, Queue, newClient } from './fake-server.js';

const FAST_RECONNECT = { reconnectDelay: 5, maxReconnectDelay: 10 };

test('a server is killed and restarted: requests fail with a reason, pushes resume, each once', async (t) => {
	let server = await FakeServer.start(t);
	const { port } = server;
	const { client, states } = newClient(t, server.url, FAST_RECONNECT);
	const received = [];
	const changes = [];
	client.on('onMessage', (n) => received.push(n));
	client.onState(({ state }) => changes.push(state));
	client.connect();
	let peer = await server.acceptOpen();
	for (let n = 0; n < 10; n++) {
		await client.connect();
		peer.push('onMessage', n);
		const result = client.request('any.thing');
		const lost = client.request('any.other');
		peer.respond((await peer.message()).id, {});
		await result;
		const rejected = assert.rejects(lost, { name: 'NanoError', code: 'lost', msg: 'connection lost (1006)' });
		await server.stop();
		await rejected;
		server = await FakeServer.start(t, port);
		peer = await server.acceptOpen();
	}
	await client.connect();
	assert.deepEqual(received, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	assert.equal(changes.filter((state) => state === 'open').length, 11);
	assert.equal(server.clients, 1);
	assert.equal((await states.next()).state, 'connecting');
});

test('after close() nothing keeps a program alive', async (t) => {
	let server = await FakeServer.start(t);
	const { port } = server;
	const withHeartbeat = { code: 200, sys: { heartbeat: 30 } };
	const visitor = new Visitor(t, server.url);
	visitor.send('connect');
	let peer = await server.acceptOpen(withHeartbeat);
	await visitor.awaitLines('connecting', 'open');
	for (let n = 0; n < 3; n++) {
		peer.push('onMessage', n);
		await visitor.awaitLines(`push ${n}`);
		visitor.send('request');
		await peer.message();
		await server.stop();
		await visitor.awaitLines('waiting', 'lost');
		server = await FakeServer.start(t, port);
		peer = await server.acceptOpen(withHeartbeat);
		await visitor.awaitLines('open');
	}
	visitor.send('request');
	await peer.message();
	visitor.send('close');
	await visitor.awaitLines('closed');
	assert.equal(await visitor.ended(), 0);
});

test('close() while the client waits keeps no program alive either', async (t) => {
	const server = await FakeServer.start(t);
	const visitor = new Visitor(t, server.url);
	visitor.send('connect');
	await server.acceptOpen();
	await visitor.awaitLines('open');
	await server.stop();
	await visitor.awaitLines('waiting');
	visitor.send('request');
	visitor.send('close');
	await visitor.awaitLines('closed');
	assert.equal(await visitor.ended(), 0);
});

class Visitor {
	#process;
	#received = new Queue();
	#end;

	constructor(t, url) {
		const program = fileURLToPath(new URL('visitor.js', import.meta.url));
		this.#process = spawn(process.execPath, [program, url], { stdio: ['pipe', 'pipe', 'inherit'] });
		this.#end = once(this.#process, 'exit');
		createInterface({ input: this.#process.stdout }).on('line', (line) => this.#received.push(line));
		t.after(() => this.#process.kill());
	}

	send(command) {
		this.#process.stdin.write(`${command}\n`);
	}

	/** Awaits these lines in order, and skips others, such as those of failed attempts. */
	async awaitLines(...lines) {
		for (const line of lines) {
			let received;
			do {
				received = await this.#received.next();
				assert.ok(line.startsWith('push') || !received.startsWith('push'), `${received}, not ${line}`);
			} while (received !== line);
		}
	}

	/** Returns the exit code, or null if the process had to be killed. */
	async ended() {
		const late = setTimeout(() => this.#process.kill(), 5000);
		const [code] = await this.#end;
		clearTimeout(late);
		return code;
	}
}
