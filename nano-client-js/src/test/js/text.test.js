// Text above U+FFFF, from and to servers and clients that do not encode it as UTF-8.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import Protocol from 'pomelo-protocol';

import { json, raw } from '../../main/resources/META-INF/resources/nano/client.js';
import {
	MessageType, decodeMessage, encodeMessage, fromJson, toJson
} from '../../main/resources/META-INF/resources/nano/wire.js';
import { FakeServer, Queue, data, newClient, openClient } from './fake-server.js';

const FILE = new URL('../../../../nano-protocol/src/test/resources/text-vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(FILE));

const { Package } = Protocol;

const EMOJI = 'a\u{1f600}b';
/** As the codec of the family's browser clients writes it. */
const CESU8 = Buffer.from('61eda0bdedb88062', 'hex');

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const fromHex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const of = (layer, direction) => vectors.filter((vector) => vector.layer === layer && vector.direction === direction);

for (const { name, hex: bytes, text, error } of of('body', 'in').filter((vector) => !vector.error)) {
	test(`${name} is read`, () => {
		assert.equal(json.decode(fromHex(bytes)), text);
	});
}

// Unlike a JVM, JavaScript decodes malformed bytes to U+FFFD.
for (const { name, hex: bytes } of of('body', 'in').filter((vector) => vector.error)) {
	test(`${name} is decoded with replacement characters`, () => {
		assert.match(json.decode(fromHex(bytes)), /\ufffd/);
	});
}

for (const { name, hex: bytes, text } of of('body', 'out')) {
	test(`${name} is written`, () => {
		assert.equal(hex(json.encode(text)), bytes);
	});
}

for (const { name, hex: bytes, route, replaced } of of('route', 'in').filter(({ type }) => type === 'push')) {
	test(`${name} is read`, () => {
		const message = decodeMessage(fromHex(bytes));
		assert.ok(replaced ? message.route.includes('\ufffd') : message.route === route, message.route);
	});
}

for (const { name, hex: bytes, route } of of('route', 'out').filter(({ type }) => type === 'request')) {
	test(`${name} is written`, () => {
		assert.equal(hex(encodeMessage(MessageType.REQUEST, 1, route, Buffer.from('{}'))), bytes);
	});
}

for (const { name, hex: bytes, text } of of('answer', 'in')) {
	test(`${name} is read`, () => {
		assert.equal(fromJson(fromHex(bytes)).user.name, text);
	});
}

for (const { name, hex: bytes, text } of of('kick', 'in')) {
	test(`${name} is read`, () => {
		const { reason } = fromJson(fromHex(bytes));
		assert.ok(text === '' ? reason.includes('\ufffd') : reason === text, reason);
	});
}

test('an unpaired surrogate is written and read as in JSON', () => {
	assert.equal(String(Buffer.from(toJson('\ud83d'))), '"\\ud83d"');
	assert.equal(json.decode(json.encode('\ud83d')), '\ud83d');
});

test('text that is not JSON is sent as UTF-8', () => {
	assert.equal(hex(raw.encode(EMOJI, 'a.b')), hex(Buffer.from(EMOJI)));
});

test('messages in the encoding of browser clients are read', async (t) => {
	const { client, peer } = await openClient(t);
	const [pushes, kicks] = [new Queue(), new Queue()];
	client.on(EMOJI, (body) => pushes.push(body));
	client.onKick((kick) => kicks.push(kick));

	const result = client.request(EMOJI, { content: EMOJI });
	const { id, route, body } = await peer.binaryMessage();
	assert.equal(route, EMOJI);
	assert.equal(String(body), '{"content":"a\\ud83d\\ude00b"}');
	peer.respond(id, quoted(CESU8));
	assert.equal(await result, EMOJI);

	peer.bytes(data(Buffer.concat([Buffer.of(6, CESU8.length), CESU8, quoted(CESU8)])));
	assert.equal(await pushes.next(), EMOJI);
	peer.bytes(Package.encode(Package.TYPE_KICK, Buffer.concat([Buffer.from('{"reason":'), quoted(CESU8), Buffer.from('}')])));
	assert.equal((await kicks.next()).reason, EMOJI);
});

test('the handshake is escaped and its response read in either encoding', async (t) => {
	const server = await FakeServer.start(t);
	const { client } = newClient(t, server.url, { user: { name: EMOJI } });
	const user = client.connect();
	const peer = await server.accept();
	assert.match(String((await peer.packet()).body), /"user":{"name":"a\\ud83d\\ude00b"}/);
	peer.bytes(Package.encode(Package.TYPE_HANDSHAKE,
		Buffer.concat([Buffer.from('{"code":200,"sys":{},"user":'), quoted(CESU8), Buffer.from('}')])));
	assert.equal(await user, EMOJI);
});

function quoted(bytes) {
	return Buffer.concat([Buffer.from('"'), bytes, Buffer.from('"')]);
}
