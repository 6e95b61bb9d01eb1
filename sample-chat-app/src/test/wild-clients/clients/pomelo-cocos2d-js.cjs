'use strict';

/*
 * The client for Cocos2d-x in JavaScript, as the one file that is published for games. It is the browser client with
 * codecs of its own, and takes the global object for its page.
 */

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const vm = require('node:vm');

const WebSocket = require('ws');

const pageClient = require('../page-client.cjs');

const FILE = join(__dirname, '../node_modules/pomelo-cocos2d-js/dist/pomelo-cocos2d-js.js');
const script = new vm.Script(readFileSync(FILE, 'utf8'), { filename: FILE });

const silence = () => {};

module.exports = (port) => {
	const page = {
		WebSocket, Uint8Array, ArrayBuffer, JSON, setTimeout, clearTimeout,
		console: { log: silence, warn: silence, error: silence },
		localStorage: pageClient.storage()
	};
	page.window = page;
	script.runInContext(vm.createContext(page));
	return pageClient(page.pomelo, page.Protocol.Package, port);
};
