import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';

import Protocol from 'pomelo-protocol';

import { RouteDictionary } from '../../main/resources/META-INF/resources/nano/dictionary.js';
import {
	MessageType, PacketReader, PacketType, decodeCount, decodeError, decodeMessage, encodeCount, encodeMessage, encodePacket,
	inflate, toJson
} from '../../main/resources/META-INF/resources/nano/wire.js';

const { Package, Message } = Protocol;

const DICT = { 'room.join': 1, 'gate.chat.send': 255, 'a.b': 256, 'z.z': 65535 };
const DICTIONARY = new RouteDictionary(DICT);
const NO_DICTIONARY = new RouteDictionary();

const ROUTES = ['room.join', 'gate.chat.send', 'a.b', 'z.z', 'room.message', 'café.öff', 'r', 'x'.repeat(127),
	'x'.repeat(128), 'x'.repeat(255)];
const IDS = [1, 127, 128, 300, 16383, 16384, 2097151, 2097152, 268435455, 268435456, 2147483647];
const BODIES = [{}, { a: 1 }, { text: 'Grüße 👋 ☃' }, [1, 2], 'text', 7, true, null];

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const fromHex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const json = (body) => Buffer.from(JSON.stringify(body));

function packetsOf(...chunks) {
	const reader = new PacketReader();
	const packets = [];
	for (const chunk of chunks) {
		reader.append(chunk);
		for (let packet = reader.next(); packet; packet = reader.next()) {
			packets.push(packet);
		}
	}
	return packets;
}

/** Decodes a message with a JSON body. */
function decoded(bytes, dictionary = DICTIONARY) {
	const message = decodeMessage(bytes, dictionary);
	return { ...message, body: JSON.parse(Buffer.from(message.body)) };
}

test('packets have the bytes of pomelo-protocol', () => {
	for (const type of Object.values(PacketType)) {
		assert.equal(hex(encodePacket(type)), hex(Package.encode(type)));
		for (const length of [1, 255, 256, 65535, 65536, 100_000]) {
			const body = Buffer.alloc(length, 'body');
			assert.equal(hex(encodePacket(type, body)), hex(Package.encode(type, body)));
		}
	}
});

test('a packet whose length exceeds three bytes is rejected', () => {
	assert.throws(() => encodePacket(PacketType.DATA, new Uint8Array(0x1000000)), RangeError);
});

test('packets of pomelo-protocol are read', () => {
	const body = Buffer.alloc(70_000, 'body');
	const bytes = Buffer.concat([Package.encode(3), Package.encode(4, body), Package.encode(5, json({ reason: 'x' }))]);
	const packets = packetsOf(bytes);
	assert.deepEqual(packets.map((packet) => packet.type), [3, 4, 5]);
	assert.deepEqual(packets.map((packet) => packet.body.length), [0, 70_000, 14]);
});

for (const [name, dictionary, dict] of [['text', NO_DICTIONARY, {}], ['a code if it has one', DICTIONARY, DICT]]) {
	test(`requests and notifies with the route as ${name} have the bytes of pomelo-protocol`, () => {
		for (const route of ROUTES) {
			const code = dict[route];
			for (const body of BODIES) {
				for (const id of IDS) {
					assert.equal(hex(encodeMessage(MessageType.REQUEST, id, route, json(body), dictionary)),
						hex(Message.encode(id, Message.TYPE_REQUEST, code ? 1 : 0, code ?? route, json(body))));
				}
				assert.equal(hex(encodeMessage(MessageType.NOTIFY, 0, route, json(body), dictionary)),
					hex(Message.encode(0, Message.TYPE_NOTIFY, code ? 1 : 0, code ?? route, json(body))));
			}
		}
	});
}

test('pushes of pomelo-protocol are read', () => {
	for (const route of ROUTES) {
		for (const body of BODIES) {
			const code = DICT[route];
			const plain = Message.encode(0, Message.TYPE_PUSH, 0, route, json(body));
			const compressed = Message.encode(0, Message.TYPE_PUSH, code ? 1 : 0, code ?? route, json(body));
			const expected = { type: MessageType.PUSH, route, compressed: false, body };
			assert.deepEqual(decoded(plain), expected);
			assert.deepEqual(decoded(compressed), expected);
		}
	}
});

test('responses of pomelo-protocol are read', () => {
	for (const id of IDS) {
		for (const body of BODIES) {
			const bytes = Message.encode(id, Message.TYPE_RESPONSE, 0, null, json(body));
			const expected = { type: MessageType.RESPONSE, id, error: false, compressed: false, body };
			assert.deepEqual(decoded(bytes), expected);
		}
	}
});

// pomelo-protocol keeps ids in 32 bits; these bytes are those of the Go servers.
for (const [bytes, id] of [
	['0480808080087b7d', 2 ** 31],
	['04ffffffff0f7b7d', 2 ** 32 - 1],
	['0480808080107b7d', 2 ** 32],
	['0480808080808080107b7d', 2 ** 53],
	['04ffffffffffffffffff017b7d', 2 ** 64],
	['04818080808080808080007b7d', 1]
]) {
	test(`the id ${id} is read`, () => {
		assert.equal(decodeMessage(fromHex(bytes), DICTIONARY).id, id);
	});
}

test('counts of packets have eight bytes, big-endian', () => {
	for (const count of [0, 1, 255, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1]) {
		const bytes = encodeCount(count);
		assert.equal(hex(bytes), count.toString(16).padStart(16, '0'));
		assert.equal(decodeCount(Buffer.concat([Buffer.of(9), bytes]).subarray(1)), count);
	}
	for (const bytes of ['0020000000000000', 'ffffffffffffffff', '01', '']) {
		assert.throws(() => decodeCount(fromHex(bytes)), { code: 'protocol' });
	}
});

test('ids above 32 bits are written whole', () => {
	const bytes = encodeMessage(MessageType.REQUEST, 2 ** 53 - 1, 'q', json({}), NO_DICTIONARY);
	assert.equal(hex(bytes), '00ffffffffffffff0f01717b7d');
});

test('the route flag and unused bits of a response are ignored', () => {
	const expected = { type: MessageType.RESPONSE, id: 5, error: false, compressed: false, body: {} };
	assert.deepEqual(decoded(fromHex('05057b7d')), expected);
	assert.deepEqual(decoded(fromHex('c4057b7d')), expected);
});

test('missing bytes are not read as zeros', () => {
	const cut = {
		'': 'message too short',
		'04': 'message too short',
		'0480': 'a message id without an end',
		'06056f6e4d73': 'truncated route',
		'0701': 'unknown route code 256'
	};
	for (const [bytes, msg] of Object.entries(cut)) {
		assert.throws(() => decodeMessage(fromHex(bytes), DICTIONARY), { code: 'protocol', msg });
	}
});

test('the error flag is read', () => {
	const bytes = Buffer.concat([Buffer.from([0x24, 3]), json({ code: 'E1', msg: 'm', metadata: { k: 'v' } })]);
	const { error, body } = decoded(bytes);
	assert.deepEqual([error, body.code], [true, 'E1']);
});

test('an error is read as JSON, as pitaya\'s protobuf, or as bytes', () => {
	const field = (text) => [text.length, ...Buffer.from(text)];
	const protobuf = [0x0a, ...field('PIT-404'), 0x12, ...field('no such route'), 0x1a, 2, 0x0a, 0];
	assert.deepEqual(decodeError(json({ code: 404, msg: 'x' })), { code: 404, msg: 'x' });
	assert.deepEqual(decodeError(Uint8Array.from(protobuf)), { code: 'PIT-404', msg: 'no such route' });
	assert.deepEqual(decodeError(Uint8Array.from(protobuf.slice(0, 12))), Uint8Array.from(protobuf.slice(0, 12)));
	assert.deepEqual(decodeError(Uint8Array.of(0x08, 1)), Uint8Array.of(0x08, 1));
});

test('a body is inflated, zlib or gzip', async () => {
	const plain = Buffer.alloc(100_000, 'body');
	assert.equal(hex(await inflate(deflateSync(plain))), hex(plain));
	assert.equal(hex(await inflate(gzipSync(plain))), hex(plain));
});

test('damaged bodies and decompression bombs are rejected', async () => {
	const bomb = deflateSync(Buffer.alloc(0x1000000));
	await assert.rejects(inflate(bomb), { code: 'protocol', msg: /^a compressed body of more than/ });
	const damaged = deflateSync(Buffer.alloc(1000, 'body'));
	for (const bytes of [damaged.subarray(0, -5), Buffer.from('deadbeef', 'hex'), Buffer.alloc(0)]) {
		await assert.rejects(inflate(bytes), { code: 'protocol', msg: 'a compressed body that is damaged' });
	}
});

test('any bytes cause protocol errors only', () => {
	let seed = 1;
	const random = (below) => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return Math.floor((seed / 2 ** 32) * below);
	};
	for (let i = 0; i < 20_000; i++) {
		const bytes = Uint8Array.from({ length: random(24) }, () => random(256));
		try {
			decodeError(bytes);
			decodeMessage(bytes, DICTIONARY);
			packetsOf(bytes);
		} catch (error) {
			assert.equal(error.code, 'protocol', `${hex(bytes)}: ${error.stack}`);
		}
	}
});

test('a body is written as UTF-8, with escapes above U+FFFF', () => {
	assert.equal(String(Buffer.from(toJson('ü👋'))), '"ü\\ud83d\\udc4b"');
});
