'use strict';

/*
 * Tests the text vectors with the codec of browser clients, in its page form: it writes the bytes of the vectors, and reads
 * the bytes that the server writes.
 */

const assert = require('node:assert/strict');
const { test } = require('node:test');

require('./clients/pomelo-jsclient-websocket.cjs'); // creates the page

const { vectors } = require('../../../../nano-protocol/src/test/resources/text-vectors.json');

const { Message, strdecode, strencode } = window.Protocol;

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const read = (text) => strdecode(new Uint8Array(Buffer.from(text, 'hex')));

const WRITTEN = {
	body: ({ text }) => strencode(JSON.stringify(text)),
	handshake: ({ text, hex: bytes }) => {
		assert.equal(JSON.parse(read(bytes)).user.name, text);
		return strencode(read(bytes));
	},
	route: ({ type, route }) => (type === 'request'
		? Message.encode(1, Message.TYPE_REQUEST, 0, route, strencode('{}'))
		: Message.encode(0, Message.TYPE_NOTIFY, 0, route, strencode('{}')))
};

const READ = {
	body: (json) => JSON.parse(json),
	answer: (json) => JSON.parse(json).name,
	kick: (json) => JSON.parse(json).reason,
	dictionary: (json) => Object.keys(JSON.parse(`{${json}}`).dict)[0]
};

for (const vector of vectors.filter(({ writtenBy }) => writtenBy)) {
	test(`${vector.name} is written by the codec of a page`, () => {
		assert.equal(hex(WRITTEN[vector.layer](vector)), vector.hex);
	});
}

for (const { name, layer, hex: bytes, text } of vectors.filter(({ layer, direction }) =>
	direction === 'out' && layer !== 'route')) {
	test(`${name} is read by the codec of a page`, () => {
		assert.equal(READ[layer](read(bytes)), text);
	});
}

test('a route above U+FFFF in full is not read by the codec of a page', () => {
	const { hex: bytes, route } = vectors.find(({ name }) => name === 'push_route_out_emoji');
	assert.notEqual(Message.decode(new Uint8Array(Buffer.from(bytes, 'hex'))).route, route);
});
