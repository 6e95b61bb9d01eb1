// The page of docs/ports.md, run against the chat. NANO_PORT is the port.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';

// Node.js before 22 has no built-in WebSocket.
globalThis.WebSocket = createRequire(new URL('../../../../wild-clients/package.json', import.meta.url))('ws');

const url = `ws://127.0.0.1:${process.env.NANO_PORT}/nano`;
const shown = [];
const show = (message) => shown.push(message);

// tag::page[]
const socket = new WebSocket(url); // such as ws://localhost:3250/nano
socket.onopen = () => socket.send(JSON.stringify({ route: 'room.join', id: 1, body: { name: 'Ann' } }));
socket.onmessage = (event) => show(JSON.parse(event.data));
// end::page[]

while (shown.length < 2) {
	await once(socket, 'message');
}
assert.deepEqual(shown, [{ route: 'onMembers', body: { members: [] } }, { id: 1, body: { code: 0, result: 'success' } }]);
socket.close();
