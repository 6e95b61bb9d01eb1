'use strict';

/*
 * A server with the family's codec: it accepts handshakes, has a route dictionary, echoes requests, replies to a notify
 * with a push, counts heartbeats, and kicks clients on request. Prints the port of its TCP socket, and exits at the end
 * of its standard input.
 */

const net = require('node:net');
const { Message, Package } = require('pomelo-protocol');

const PacketCutter = require('./packet-cutter.cjs');

const dict = { 'test.coded': 1, onCoded: 300 };
const routes = Object.fromEntries(Object.entries(dict).map(([route, code]) => [code, route]));

const server = net.createServer((socket) => {
	const cutter = new PacketCutter();
	let beats = 0;
	const send = (type, body) => socket.write(Package.encode(type, body));
	const push = (route, body) =>
		send(Package.TYPE_DATA, Message.encode(0, Message.TYPE_PUSH, route in dict ? 1 : 0, dict[route] ?? route, body));

	const message = ({ id, type, compressRoute, route, body }) => {
		const name = compressRoute ? routes[route] : route;
		if (name === 'test.kick') {
			send(Package.TYPE_KICK, Buffer.from(JSON.stringify({ reason: 'enough' })));
			socket.end();
		} else if (name === 'test.beats') {
			send(Package.TYPE_DATA, Message.encode(id, Message.TYPE_RESPONSE, 0, null, Buffer.from(`${beats}`)));
		} else if (type === Message.TYPE_NOTIFY) {
			push(name === 'test.coded' ? 'onCoded' : 'onNotified', body);
		} else {
			const response = { route: name, coded: Boolean(compressRoute), echo: JSON.parse(body) };
			send(Package.TYPE_DATA, Message.encode(id, Message.TYPE_RESPONSE, 0, null, Buffer.from(JSON.stringify(response))));
		}
	};

	const packet = ({ type, body }) => {
		switch (type) {
			case Package.TYPE_HANDSHAKE:
				return send(
					Package.TYPE_HANDSHAKE,
					Buffer.from(JSON.stringify({ code: 200, sys: { heartbeat: 1, dict }, user: JSON.parse(body).user })),
				);
			case Package.TYPE_HEARTBEAT:
				beats++;
				return send(Package.TYPE_HEARTBEAT);
			case Package.TYPE_DATA:
				return message(Message.decode(body));
		}
	};

	socket.on('data', (chunk) => [...cutter.cut(chunk)].forEach((bytes) => packet(Package.decode(bytes))));
	socket.on('error', () => socket.destroy());
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
