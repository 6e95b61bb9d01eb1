// The snippets of docs/javascript-client.md that need a server with protobuf. NANO_PORT is its port.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const ROOT = '../../../../../../..';
const { NanoClient, protobuf } = await import(`${ROOT}/nano-client-js/src/main/resources/META-INF/resources/nano/client.js`);
const require = createRequire(new URL(`${ROOT}/nano-client-js/package.json`, import.meta.url));
const protobufjs = require('protobufjs');
// Node.js before 22 has no built-in WebSocket.
globalThis.WebSocket = require('ws');

const url = `ws://127.0.0.1:${process.env.NANO_PORT}/nano`;

const shown = [];
const show = (...values) => shown.push(values);
const file = fileURLToPath(new URL(`${ROOT}/nano-spring/src/main/resources/META-INF/nano/nano-rooms.proto`, import.meta.url));

await (async () => {
	// tag::rooms[]
	const types = protobufjs.loadSync(file).lookup('nano.rooms');

	const client = new NanoClient(url, {
		serializer: protobuf({
			'rooms.joinOrCreate': { sends: types.RoomRequest, receives: types.RoomInfo },
			'room.state': { receives: types.RoomState },
			'room.left': { receives: types.RoomLeft }
		})
	});
	client.on('room.state', ({ version, state }) => show(version, state.fields.points.numberValue));
	await client.connect();
	await client.request('rooms.joinOrCreate', { kind: 'dice' });
	await client.request('dice.join');
	// end::rooms[]
	assert.deepEqual(shown.map(([version, points]) => [Number(version), points]), [[1, 7]]);
	const left = client.pushes('room.left');
	client.notify('dice.finish');
	const { kind, reason, message } = (await left.next()).value;
	assert.deepEqual([kind, reason, message], ['dice', 'closed', 'over']);
	assert.deepEqual(shown.map(([, points]) => points), [7, 12]);
	client.close();
})();

// tag::types[]
const { root } = protobufjs.parse('syntax = "proto3"; message Text { string value = 1; }');
const Text = root.lookupType('Text');

const client = new NanoClient(url, {
	serializer: protobuf({
		'hall.call': { sends: Text, receives: Text }, // a request and its response
		onEcho: { receives: Text } // a push
	})
});
// end::types[]

const echoes = client.pushes('onEcho');
await client.connect();
assert.equal((await client.request('hall.call', { value: 'Ann' })).value, 'Hello Ann');
assert.equal((await echoes.next()).value.value, 'Ann, Ann');
const bytes = Text.encode({ value: 'Bob' }).finish();
assert.equal((await client.request('hall.call', bytes)).value, 'Hello Bob');
await assert.rejects(client.request('hall.call', { value: 'nobody' }), { code: 'PIT-404', msg: 'nobody is here' });
await assert.rejects(client.request('no.route', bytes), { code: 'PIT-404' });
client.close();

const wrong = new NanoClient(url);
await assert.rejects(wrong.connect(), { code: 'serializer' });
