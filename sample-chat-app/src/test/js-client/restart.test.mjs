// Tests the JavaScript client with a chat sample that is killed and restarted. NANO_SERVER is the command that starts the
// sample, as a JSON array.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { test } from 'node:test';

import { NanoClient } from '../../../../nano-client-js/src/main/resources/META-INF/resources/nano/client.js';

// Node.js before 22 has no built-in WebSocket.
const { WebSocket } = createRequire(new URL('../wild-clients/package.json', import.meta.url))('ws');

test('a client reconnects to a server that is killed, and to one that is shut down', async (t) => {
	const port = await freePort();
	let server = start(t, port);
	const client = new NanoClient(`ws://127.0.0.1:${port}/nano`, {
		WebSocket, reconnectDelay: 50, maxReconnectDelay: 200, requestTimeout: 60_000
	});
	t.after(() => client.close());
	const joined = joins(client);
	const messages = client.pushes('onMessage');
	const states = [];
	client.onState(({ state, error }) => states.push([state, error?.msg]));
	const kicks = [];
	client.onKick((kick) => kicks.push(kick));
	const losses = [];
	client.onLost((loss) => losses.push(loss));

	client.connect();
	await joined.next();
	await talk(client, messages, 'before');

	server.kill('SIGSTOP');
	const pending = client.request('room.join', { name: 'Ann', room: 'lobby' });
	server.kill('SIGKILL');
	const rejected = assert.rejects(pending, { name: 'NanoError', code: 'outcome-unknown', msg: /session lost/ });
	await once(server, 'exit');
	await stateOf(client, 'resuming');
	client.notify('room.message', { content: 'not for another session' });
	server = start(t, port);
	await rejected;
	assert.deepEqual(losses.map(({ unsent }) => unsent.map(({ body }) => body.content)), [['not for another session']]);
	await joined.next();
	await talk(client, messages, 'after the kill');
	assert.deepEqual(kicks, []);

	server.kill('SIGTERM');
	await once(server, 'exit');
	server = start(t, port);
	await joined.next();
	assert.deepEqual(kicks, []);
	assert.ok(states.some(([state, msg]) => state === 'resuming'
		&& msg === 'connection lost (1001 the server is shutting down)'));
	await talk(client, messages, 'after the shutdown');
	assert.equal(states.filter(([state]) => state === 'open').length, 3);
	assert.equal(losses.length, 2);

	client.close();
	assert.deepEqual(await messages.next(), { value: undefined, done: true });
	server.kill('SIGKILL');
	await once(server, 'exit');
});

async function stateOf(client, expected) {
	while (client.state !== expected) {
		await new Promise((resolve) => {
			const stop = client.onState(() => {
				stop();
				resolve();
			});
		});
	}
}

/** Joins the room whenever the client is open; `next()` resolves for each join. */
function joins(client) {
	const joined = [];
	const waiting = [];
	client.onState(async ({ state }) => {
		if (state === 'open') {
			const { code } = await client.request('room.join', { name: 'Ann', room: 'lobby' });
			(waiting.shift() ?? ((once) => joined.push(once)))(code);
		}
	});
	return { next: () => (joined.length > 0 ? joined.shift() : new Promise((resolve) => waiting.push(resolve))) };
}

/** Sends two messages. Each must arrive once: a duplicate would arrive where the next message is expected. */
async function talk(client, messages, text) {
	for (const content of [text, `${text}, again`]) {
		client.notify('room.message', { content });
		assert.equal((await messages.next()).value.content, content);
	}
}

function start(t, port) {
	const [command, ...args] = JSON.parse(process.env.NANO_SERVER);
	const settings = [`--nano.server.port=${port}`, '--server.port=0', '--nano.server.address=127.0.0.1'];
	const server = spawn(command, [...args, ...settings], { stdio: 'ignore' });
	t.after(() => server.kill('SIGKILL'));
	return server;
}

async function freePort() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address();
	server.close();
	await once(server, 'close');
	return port;
}
