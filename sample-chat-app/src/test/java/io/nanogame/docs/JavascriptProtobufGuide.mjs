// The snippets of docs/javascript-client.md that need a server with protobuf. NANO_PORT is its port.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const ROOT = '../../../../../../..';
const { NanoClient, protobuf } = await import(`${ROOT}/nano-client-js/src/main/resources/META-INF/resources/nano/client.js`);
const require = createRequire(new URL(`${ROOT}/nano-client-js/package.json`, import.meta.url));
const protobufjs = require('protobufjs');
// Node.js before 22 has no WebSocket of its own.
globalThis.WebSocket = require('ws');

const url = `ws://127.0.0.1:${process.env.NANO_PORT}/nano`;

// tag::types[]
const { root } = protobufjs.parse('syntax = "proto3"; message Words { string value = 1; }');
const Words = root.lookupType('Words');

const client = new NanoClient(url, {
	serializer: protobuf({
		'hall.call': { sends: Words, receives: Words }, // a request and its response
		onEcho: { receives: Words } // a push
	})
});
// end::types[]

const echoes = client.pushes('onEcho');
await client.connect();
assert.equal((await client.request('hall.call', { value: 'Ann' })).value, 'Hello Ann');
assert.equal((await echoes.next()).value.value, 'Ann, Ann');
const bytes = Words.encode({ value: 'Bob' }).finish();
assert.equal((await client.request('hall.call', bytes)).value, 'Hello Bob');
await assert.rejects(client.request('hall.call', { value: 'nobody' }), { code: 'PIT-404', msg: 'nobody is here' });
await assert.rejects(client.request('no.route', bytes), { code: 'PIT-404' });
client.close();

const wrong = new NanoClient(url);
await assert.rejects(wrong.connect(), { code: 'serializer' });
