// The byte vectors of the family, which the Java modules use, too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { RouteDictionary } from '../../main/resources/META-INF/resources/nano/dictionary.js';
import {
	MessageType, PacketReader, decodeMessage, encodeMessage, encodePacket, inflate
} from '../../main/resources/META-INF/resources/nano/wire.js';

const FILE = new URL('../../../../nano-protocol/src/test/resources/vectors.json', import.meta.url);
const { dictionary, vectors } = JSON.parse(readFileSync(FILE));

const DICTIONARY = new RouteDictionary(dictionary);
const INBOUND = ['response', 'push'];

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const fromHex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const of = (...layers) => vectors.filter(({ layer }) => layers.includes(layer));
const typeOf = (name) => MessageType[name.toUpperCase()];

for (const { name, hex: bytes, decoded } of of('message').filter((vector) => INBOUND.includes(vector.decoded?.type))) {
	test(`${name} is read`, async () => {
		const message = decodeMessage(fromHex(bytes), DICTIONARY);
		assert.equal(message.type, typeOf(decoded.type));
		assert.equal(message.route, decoded.route);
		assert.equal(message.error ?? false, decoded.error ?? false);
		assert.equal(message.compressed, decoded.compressed ?? false);
		assert.equal(hex(message.compressed ? await inflate(message.body) : message.body), decoded.body);
		if (decoded.type === 'response') {
			assert.equal(message.id, Number(decoded.id));
		}
	});
}

for (const { name, hex: bytes, decoded } of of('message').filter((vector) =>
	['request', 'notify'].includes(vector.decoded?.type) && vector.encodersAgree)) {
	test(`${name} is written`, () => {
		const { type, id, route, routeCode, body } = decoded;
		const written = encodeMessage(typeOf(type), Number(id), route, fromHex(body), routeCode ? DICTIONARY : undefined);
		assert.equal(hex(written), bytes);
	});
}

// Malformed messages, and those that only clients send.
for (const { name, hex: bytes } of of('message').filter((vector) => !INBOUND.includes(vector.decoded?.type))) {
	test(`${name} from a server is rejected`, () => {
		assert.throws(() => decodeMessage(fromHex(bytes), DICTIONARY), { code: 'protocol' });
	});
}

for (const { name, hex: bytes, chunks, repeat, decoded, error } of of('packet', 'stream', 'handshake')) {
	if (repeat || error === 'packet too large') {
		continue; // the client has no lower limit than three bytes of length
	}
	test(`${name} is split into packets`, () => {
		const reader = new PacketReader();
		const packets = [];
		const read = () => {
			for (const chunk of chunks ?? [bytes]) {
				reader.append(fromHex(chunk));
				for (let packet = reader.next(); packet; packet = reader.next()) {
					packets.push({ type: packet.type, body: hex(packet.body) });
				}
			}
		};
		if (error) {
			assert.throws(read, { code: 'protocol', msg: /^invalid packet type/ });
		} else {
			read();
			assert.deepEqual(packets, decoded.packets);
		}
	});
}

for (const { name, hex: bytes, decoded } of of('packet').filter((vector) => vector.encodersAgree)) {
	test(`${name} is written`, () => {
		const [{ type, body }] = decoded.packets;
		assert.equal(hex(encodePacket(type, fromHex(body))), bytes);
	});
}
