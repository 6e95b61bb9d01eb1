/*
 * The race of the class Race on Colyseus: `node server.mjs PLAYERS`. Reserves the seats of all players itself, four in each room,
 * so that clients need only a WebSocket. Speaks the protocol of ServerMain on its standard streams: prints its port and
 * replies to each line. To `seats` with `PROCESS_ID ROOM SESSION ROOM SESSION ...`.
 */

import { createInterface } from 'node:readline';

import { Room, Server, matchMaker } from '@colyseus/core';
import { MapSchema, Schema, defineTypes } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';

const SEATS = 4;
const INTERVAL = 50;
const SIZE = 1000;
const MARK = '#bench ';

/** By how many microseconds each tick was late, since the last report. */
let late = [];

class Racer extends Schema {
	// Fields of the class would hide the properties that detect changes.
	constructor() {
		super();
		this.x = Math.floor(Math.random() * SIZE);
		this.y = Math.floor(Math.random() * SIZE);
		// Not part of the state, as in Race.
		this.dx = 3;
		this.dy = 5;
	}

	step() {
		this.x = (this.x + this.dx + SIZE) % SIZE;
		this.y = (this.y + this.dy + SIZE) % SIZE;
	}
}
defineTypes(Racer, { x: 'int32', y: 'int32' });

class Race extends Schema {
	constructor() {
		super();
		this.racers = new MapSchema();
	}
}
defineTypes(Race, { racers: { map: Racer } });

class RaceRoom extends Room {
	maxClients = SEATS;
	seatReservationTimeout = 600;
	patchRate = INTERVAL;

	onCreate() {
		this.state = new Race();
		this.names = new Map();
		let last = performance.now();
		this.setSimulationInterval(() => {
			const now = performance.now();
			late.push(Math.max(0, (now - last - INTERVAL) * 1000));
			last = now;
			this.state.racers.forEach((racer) => racer.step());
		}, INTERVAL);
		this.onMessage('move', (client, { dx, dy }) => {
			Object.assign(this.state.racers.get(this.names.get(client.sessionId)), { dx, dy });
		});
	}

	onJoin(client) {
		const name = `player-${this.names.size + 1}`;
		this.names.set(client.sessionId, name);
		this.state.racers.set(name, new Racer());
	}
}

function ticks() {
	const sorted = late.sort((a, b) => a - b);
	late = [];
	const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
	return `${sorted.length} ${at(0.5)} ${at(0.99)}`;
}

function gauges() {
	const { user, system } = process.cpuUsage();
	const { heapUsed, rss } = process.memoryUsage();
	return `${(user + system) * 1000} 0 ${heapUsed} 0 ${rss} 0 0`;
}

async function seats(players) {
	const reserved = [];
	for (let i = 0; i < players; i++) {
		const { roomId, sessionId } = await matchMaker.joinOrCreate('race');
		reserved.push(roomId, sessionId);
	}
	return [matchMaker.processId, ...reserved].join(' ');
}

const transport = new WebSocketTransport({ pingInterval: 0 });
const server = new Server({ transport, greet: false });
server.define('race', RaceRoom);
await server.listen(0, '127.0.0.1');
const reserved = seats(Number(process.argv[2]));
await reserved;
console.log(MARK + transport.server.address().port);
createInterface({ input: process.stdin })
	.on('line', async (line) => console.log(MARK + (line === 'seats' ? await reserved : line === 'ticks' ? ticks() : gauges())))
	.on('close', () => process.exit(0));
