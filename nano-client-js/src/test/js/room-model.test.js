// Random states, changes and lost pushes: each copy becomes equal to the state of the server. NANO_SEED is the first seed.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Rooms } from '../../main/resources/META-INF/resources/nano/rooms.js';
import { Dice, VirtualTime } from './virtual-network.js';

const SCHEDULES = 200;
const FIRST_SEED = Number(process.env.NANO_SEED ?? 1);
const CHANGES = 60;

const NAMES = ['a', 'b', 'c', '0', '1', '', '__proto__', 'constructor', 'length', 'a/b', '~0', '😀'];
const VALUES = [0, 1, -0.5, 1e21, true, false, '', 'text', '\u2028', '😀', '\ud800'];

/** A server with one room, whose pushes are lost with a probability. */
class RoomServer {
	version = 1;
	state;
	/** The listeners of the client for pushes, by route. */
	listeners = {};
	#dice;
	#loss;

	constructor(dice, loss) {
		this.#dice = dice;
		this.#loss = loss;
		this.state = this.#tree(3);
	}

	/** What Rooms uses of a client, and the requests of one. */
	get client() {
		return {
			state: 'open',
			on: (route, listener) => {
				this.listeners[route] = listener;
			},
			onState: () => {},
			onLost: () => {},
			notify: () => this.#push({ state: this.state })
		};
	}

	join = async (route, options, requestOptions, convert) => {
		this.#push({ state: this.state });
		return convert({});
	};

	/** Changes the state, and sends the patch. */
	change() {
		const before = this.state;
		this.state = this.#changed(before);
		this.version++;
		this.#push({ patch: patchOf(before, this.state) });
	}

	loseNothing() {
		this.#loss = 0;
	}

	#push(content) {
		if (!this.#dice.chance(this.#loss)) {
			const push = { kind: 'arena', room: 'r1', version: this.version, ...content };
			this.listeners['room.state'](JSON.parse(JSON.stringify(push)));
		}
	}

	#changed(tree) {
		if (this.#dice.chance(0.05)) {
			return this.#tree(3);
		}
		const entries = new Map(Object.entries(tree));
		for (const name of [this.#dice.choose(NAMES), this.#dice.choose(NAMES)]) {
			const child = entries.get(name);
			if (isObject(child) && this.#dice.chance(0.7)) {
				entries.set(name, this.#changed(child));
			} else if (this.#dice.chance(0.4)) {
				entries.delete(name);
			} else {
				entries.set(name, this.#value(2));
			}
		}
		return Object.fromEntries(entries);
	}

	#tree(depth) {
		const names = Array.from({ length: this.#dice.below(5) }, () => this.#dice.choose(NAMES));
		return Object.fromEntries(names.map((name) => [name, this.#value(depth - 1)]));
	}

	#value(depth) {
		if (depth > 0 && this.#dice.chance(0.6)) {
			return this.#dice.chance(0.7) ? this.#tree(depth)
				: Array.from({ length: this.#dice.below(4) }, () => this.#value(depth - 1));
		}
		return this.#dice.choose(VALUES);
	}
}

function patchOf(before, after) {
	if (!isObject(before) || !isObject(after)) {
		return after;
	}
	const [former, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
	const removed = [...former.keys()].filter((name) => !next.has(name)).map((name) => [name, null]);
	const changed = [...next].filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(former.get(name)))
		.map(([name, value]) => [name, patchOf(former.get(name), value)]);
	return Object.fromEntries([...removed, ...changed]);
}

function isObject(value) {
	return typeof value === 'object' && !Array.isArray(value);
}

/** Adds up what a listener receives, and checks the previous values. */
function mirrorOf(room, pointer) {
	const mirror = new Map();
	room.listen(pointer, (value, previous, ...names) => {
		const key = JSON.stringify(names);
		assert.equal(previous, mirror.get(key));
		assert.notEqual(value, previous);
		mirror.set(key, value);
		return value !== undefined || mirror.delete(key);
	});
	return mirror;
}

function partsOf(state, depth) {
	let parts = [[[], state]];
	for (let i = 0; i < depth; i++) {
		parts = parts.flatMap(([names, value]) => (typeof value === 'object' ? Object.entries(value) : [])
			.map(([name, member]) => [[...names, name], member]));
	}
	return new Map(parts.map(([names, value]) => [JSON.stringify(names), value]));
}

async function run(seed) {
	const dice = new Dice(seed);
	const time = new VirtualTime(dice);
	try {
		const server = new RoomServer(dice, dice.choose([0, 0, 0.1, 0.5]));
		const room = await new Rooms(server.client, server.join).enter('arena');
		const mirrors = ['', '/*', '/*/*'].map((pointer) => mirrorOf(room, pointer));
		const handedOut = [];
		room.onState((state) => handedOut.push([state, JSON.stringify(state)]));
		for (let i = 0; i < CHANGES; i++) {
			server.change();
			if (dice.chance(0.1)) {
				time.advance();
			}
		}
		server.loseNothing();
		server.change();
		time.advance();
		assert.deepEqual([room.version, room.state], [server.version, JSON.parse(JSON.stringify(server.state))]);
		mirrors.forEach((mirror, depth) => assert.deepEqual(mirror, partsOf(room.state, depth)));
		handedOut.forEach(([state, text]) => assert.equal(JSON.stringify(state), text));
		assert.equal(time.timers, 0);
	} finally {
		time.restore();
	}
}

test(`copies are equal to the server's state after ${SCHEDULES} random schedules`, async (t) => {
	const thrown = [];
	t.mock.method(globalThis, 'queueMicrotask', (task) => {
		try {
			task();
		} catch (error) {
			thrown.push(error);
		}
	});
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
		try {
			await run(seed);
			assert.deepEqual(thrown, []);
		} catch (error) {
			throw new Error(`seed ${seed}`, { cause: error });
		}
	}
});
