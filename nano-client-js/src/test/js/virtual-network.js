/*
 * Sockets, timers and random numbers of one thread, for tests that repeat with a seed. A network delivers bytes in the
 * order in which they were sent; apart from that any event may be the next one.
 */

/** Numbers that depend on the seed only (mulberry32). */
export class Dice {
	#state;

	constructor(seed) {
		this.#state = seed;
	}

	/** 0 to 1, exclusive. */
	next = () => {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let n = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
		return ((n ^ (n >>> 14)) >>> 0) / 2 ** 32;
	};

	/** 0 to the limit, exclusive. */
	below(limit) {
		return Math.floor(this.next() * limit);
	}

	chance(probability) {
		return this.next() < probability;
	}

	choose(items) {
		return items[this.below(items.length)];
	}
}

/** Replaces the timers, the clock and the random numbers of this process until `restore()`. */
export class VirtualTime {
	#timers = new Map();
	#now = 0;
	#ids = 0;
	#originals = {};

	constructor(dice) {
		const replacements = {
			setTimeout: (task, delay = 0) => this.#add(task, delay),
			setInterval: (task, delay) => this.#add(task, delay, delay),
			clearTimeout: (id) => this.#timers.delete(id),
			clearInterval: (id) => this.#timers.delete(id)
		};
		for (const [name, replacement] of Object.entries(replacements)) {
			this.#originals[name] = globalThis[name];
			globalThis[name] = replacement;
		}
		this.#originals.random = Math.random;
		Math.random = dice.next;
		this.#originals.now = performance.now;
		performance.now = () => this.#now;
	}

	get timers() {
		return this.#timers.size;
	}

	/** Runs the next timer, if there is one. */
	advance() {
		const [id, timer] = [...this.#timers].reduce((next, entry) => (next && next[1].at <= entry[1].at ? next : entry),
			undefined) ?? [];
		if (timer) {
			this.#now = timer.at;
			if (timer.period === undefined) {
				this.#timers.delete(id);
			} else {
				timer.at += timer.period;
			}
			timer.task();
		}
	}

	restore() {
		const { random, now, ...timers } = this.#originals;
		Object.assign(globalThis, timers);
		Math.random = random;
		performance.now = now;
	}

	#add(task, delay, period) {
		this.#timers.set(++this.#ids, { task, at: this.#now + delay, period });
		return this.#ids;
	}
}

/** A network to one server, whose `accept(socket)` returns the server's end of a connection. */
export class VirtualNetwork {
	cuts = { insidePackets: 0, silent: 0, all: 0 };
	#dice;
	#server;
	#links = [];

	constructor(dice, server) {
		this.#dice = dice;
		this.#server = server;
	}

	/** The WebSocket class for clients. It has no `terminate()`, like that of browsers. */
	get WebSocket() {
		const connect = (socket) => this.#connect(socket);
		return class {
			constructor() {
				this.link = connect(this);
			}

			send(bytes) {
				this.link.up.send(Buffer.from(bytes));
			}

			close(code) {
				this.link.up.close(code);
				this.link.down.stop();
			}
		};
	}

	/** The events of which any may be the next one. */
	get events() {
		this.#links = this.#links.filter((link) => !link.ended);
		return this.#links.flatMap((link) => link.events);
	}

	/** Whether a client has not noticed a cut. */
	get isCut() {
		return this.#links.some(({ isCut, down }) => isCut && !down.ended);
	}

	/** Cuts one connection, if there is one: each end still receives some of the bytes on the way, or all. */
	cut() {
		const links = this.#links.filter(({ isCut }) => !isCut);
		if (links.length > 0) {
			const link = this.#dice.choose(links);
			const silent = this.#dice.chance(0.2);
			const inside = link.cut(this.#dice, silent);
			this.cuts.all++;
			this.cuts.silent += silent ? 1 : 0;
			this.cuts.insidePackets += inside ? 1 : 0;
		}
	}

	#connect(socket) {
		const link = new Link(socket, this.#server);
		this.#links.push(link);
		return link;
	}
}

class Link {
	isCut = false;
	up;
	down;
	#opening;

	constructor(socket, server) {
		const line = server.accept({
			send: (bytes) => this.down.send(bytes),
			close: (code) => {
				this.down.close(code);
				this.up.stop();
			}
		});
		this.up = new Way((bytes) => line.receive(bytes), (code) => line.closed(code));
		this.down = new Way((bytes) => socket.onmessage?.({ data: new Uint8Array(bytes).buffer }),
			(code) => socket.onclose?.({ code, reason: '' }));
		this.#opening = () => {
			this.#opening = undefined;
			socket.onopen?.();
		};
	}

	get ended() {
		return this.up.ended && this.down.ended;
	}

	get events() {
		const ways = [this.up, this.down].filter((way) => !way.idle).map((way) => () => way.deliver());
		return this.#opening && !this.isCut ? [this.#opening, ...ways] : ways;
	}

	/** Returns whether an end receives a part of a packet. In silence the ends do not notice the cut. */
	cut(dice, silent) {
		this.isCut = true;
		const parts = [this.up, this.down].map((way) => way.cut(dice, silent ? undefined : 1006));
		return parts.includes(true);
	}
}

/** One direction of a connection. Without a listener at its end it is stopped. */
class Way {
	ended = false;
	#queue = [];
	#receive;
	#closed;
	#closing = false;

	constructor(receive, closed) {
		this.#receive = receive;
		this.#closed = closed;
	}

	get idle() {
		return this.ended || this.#queue.length === 0;
	}

	send(bytes) {
		if (!this.#closing) {
			this.#queue.push({ bytes });
		}
	}

	close(code) {
		if (!this.#closing) {
			this.#closing = true;
			this.#queue.push({ code });
		}
	}

	stop() {
		this.ended = this.#closing = true;
	}

	/** Each frame is delivered whole, but for the last one before a cut. */
	deliver() {
		const { bytes, code } = this.#queue.shift();
		if (bytes) {
			this.#receive(bytes);
		} else {
			this.ended = true;
			this.#closed(code);
		}
	}

	cut(dice, code) {
		const [last] = this.#queue.splice(dice.below(this.#queue.length + 1));
		const inside = last?.bytes !== undefined && dice.chance(0.5);
		if (inside) {
			this.#queue.push({ bytes: last.bytes.subarray(0, 1 + dice.below(last.bytes.length - 1)) });
		}
		this.#closing = true;
		if (code) {
			this.#queue.push({ code });
		}
		return inside;
	}
}
