'use strict';

/*
 * The browser client. It needs a page: a window with WebSocket, localStorage, an EventEmitter and the codecs. It is one object
 * per page, so a second client needs a second page.
 */

const { EventEmitter } = require('node:events');

const WebSocket = require('ws');

const pageClient = require('../page-client.cjs');

const CLIENT = require.resolve('pomelo-jsclient-websocket');

// It prints every socket event whole.
console.log = console.error = () => {};

globalThis.WebSocket = WebSocket;
globalThis.window = { EventEmitter, localStorage: null };
// With a window, the codecs use their browser form, on Uint8Array, and register themselves there.
require('pomelo-protocol');
window.protobuf = require('pomelo-protobuf/lib/client/protobuf').protobuf;

module.exports = (port) => pageClient(openPage(), window.Protocol.Package, port);

function openPage() {
	window.localStorage = pageClient.storage();
	delete require.cache[CLIENT];
	return require(CLIENT);
}
