// Random schedules of messages, cuts, refusals and lost sessions. NANO_SCHEDULES is the number of schedules, NANO_SEED the
// first seed.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NanoClient } from '../../main/resources/META-INF/resources/nano/client.js';
import { push, response } from './fake-server.js';
import { SessionServer, packet } from './session-server.js';
import { Dice, VirtualNetwork, VirtualTime } from './virtual-network.js';

const SCHEDULES = Number(process.env.NANO_SCHEDULES ?? 300);
const FIRST_SEED = Number(process.env.NANO_SEED ?? 1);

const STEPS = 300;
const MAX_QUIET_STEPS = 20_000;
const KICK = 5;

/** One client and one server, and the ledger of what each has sent and received. */
class Schedule {
	outcomes = { resumed: 0, lost: 0, unknown: 0, unsent: 0, refused: 0 };
	cuts;
	#dice;
	#time;
	#network;
	#server = new SessionServer();
	#client;
	/** The latest session of the server. */
	#session;
	/** By session: how many pushes were sent and received. */
	#pushes = new Map();
	/** `{isRequest, outcome}` of each accepted message, by its number. */
	#sent = new Map();
	#received = new Map();
	#lastReceived = 0;
	#number = 0;
	#calm = false;
	/** Answers of the server that are not ready. */
	#answers = [];
	/** The first failed check of a listener. */
	#failure;

	constructor(seed) {
		this.#dice = new Dice(seed);
		this.#time = new VirtualTime(this.#dice);
		this.#network = new VirtualNetwork(this.#dice, this.#server);
		this.cuts = this.#network.cuts;
		this.#server.onSession = (session) => this.#began(session);
		this.#server.refusal = () => (!this.#calm && this.#dice.chance(0.05)
			? { code: 503, msg: 'later', sys: { retry: this.#dice.next() } } : undefined);
		this.#client = new NanoClient('ws://server/', {
			WebSocket: this.#network.WebSocket,
			offlineQueue: this.#dice.choose([0, 2, 1000]),
			resumeBuffer: this.#dice.choose([500, 256 * 1024]),
			reconnectDelay: 100, maxReconnectDelay: 1000, requestTimeout: Infinity
		});
		this.#client.on('onTick', this.#checked((tick) => this.#ticked(tick)));
		this.#client.onLost(this.#checked((loss) => this.#lost(loss)));
		this.#client.onState(({ resumed }) => {
			this.outcomes.resumed += resumed ? 1 : 0;
		});
	}

	async run() {
		try {
			this.#client.connect();
			for (let step = 0; step < STEPS; step++) {
				this.#act();
				await this.#step(0.02);
			}
			this.#calm = true;
			for (let step = 0; !this.#settled; step++) {
				assert.ok(step < MAX_QUIET_STEPS, `not settled: ${this.#client.state}, ${this.#open.length} without an end`);
				this.#answers.splice(0).forEach((answer) => answer());
				await this.#step(0);
			}
			this.#check();
			this.#client.close();
			assert.equal(this.#time.timers, 0, 'timers are left');
		} finally {
			this.#time.restore();
		}
	}

	/** The client would report errors of a listener as uncaught. */
	#checked(listener) {
		return (event) => {
			try {
				listener(event);
			} catch (error) {
				this.#failure ??= error;
			}
		};
	}

	/** What the players, the game and the operators do. */
	#act() {
		const dice = this.#dice;
		if (dice.chance(0.3)) {
			this.#send(dice.chance(0.5));
		}
		if (this.#session && dice.chance(0.3)) {
			this.#tick(dice.chance(0.02) ? 70 : 1);
		}
		if (this.#answers.length > 0 && dice.chance(0.3)) {
			this.#answers.shift()();
		}
		if (dice.chance(0.03)) {
			this.#network.cut();
		}
		if (this.#session?.line && this.#session.open && dice.chance(0.005)) {
			this.#session.line.send(packet(KICK, { reason: 'moving', reconnect: true, after: dice.below(50) }));
		}
		if (this.#session && !this.#session.line && dice.chance(0.02)) {
			this.#session.end();
		}
	}

	async #step(chanceOfTime) {
		const { events } = this.#network;
		if (events.length === 0 || this.#dice.chance(chanceOfTime)) {
			this.#time.advance();
		} else {
			this.#dice.choose(events)();
		}
		for (let i = 0; i < 5; i++) {
			await undefined; // the reactions of promises
		}
		if (this.#failure) {
			throw this.#failure;
		}
	}

	#send(isRequest) {
		const number = this.#number + 1;
		const entry = { isRequest, outcome: isRequest ? undefined : 'sent' };
		try {
			if (isRequest) {
				this.#sent.set(number, entry);
				this.#client.request('a.a', { number }).then(this.#checked((body) => {
					assert.deepEqual(body, { number });
					this.#settle(number, 'answered');
				}), this.#checked(({ code }) => this.#settle(number, code)));
			} else {
				this.#client.notify('a.a', { number, text: 'x'.repeat(this.#dice.below(100)) });
				this.#sent.set(number, entry);
			}
			this.#number = number;
		} catch ({ code }) {
			this.outcomes.refused++;
			assert.ok(['not-open', 'queue-full'].includes(code), code);
		}
	}

	#settle(number, outcome) {
		const entry = this.#sent.get(number);
		assert.ok(entry.isRequest ? entry.outcome === undefined : entry.outcome === 'sent', `${number}: two outcomes`);
		entry.outcome = outcome;
		this.outcomes.unknown += outcome === 'outcome-unknown' ? 1 : 0;
		this.outcomes.unsent += outcome === 'not-sent' ? 1 : 0;
	}

	#lost({ error, unknown, unsent }) {
		this.outcomes.lost++;
		assert.ok(this.#session === undefined || this.#session.hasEnded || error.msg.includes('resumeBuffer'), error.msg);
		unknown.forEach(({ body }) => this.#settle(body.number, 'outcome-unknown'));
		unsent.forEach(({ body }) => this.#settle(body.number, 'not-sent'));
	}

	#began(session) {
		this.#session = session;
		this.#pushes.set(session.id, { sent: 0, received: 0 });
		session.onMessage = ({ id, body: { number } }) => {
			assert.ok(number > this.#lastReceived, `${number} was received after ${this.#lastReceived}`);
			this.#lastReceived = number;
			this.#received.set(number, session.id);
			if (id > 0) {
				this.#answers.push(() => session.send(response(id, { number })));
			}
		};
	}

	#tick(count) {
		const pushes = this.#pushes.get(this.#session.id);
		for (let i = 0; i < count; i++) {
			this.#session.send(push('onTick', { session: this.#session.id, n: ++pushes.sent }));
		}
	}

	#ticked({ session, n }) {
		const pushes = this.#pushes.get(session);
		assert.equal(n, ++pushes.received, `a push of session ${session}`);
	}

	get #open() {
		return [...this.#sent.values()].filter(({ outcome }) => outcome === undefined);
	}

	get #settled() {
		return this.#client.state === 'open' && this.#open.length === 0 && this.#session.line && this.#session.open
			&& this.#network.events.length === 0 && !this.#network.isCut;
	}

	#check() {
		for (const [number, { outcome }] of this.#sent) {
			const isReceived = this.#received.has(number);
			if (outcome === 'sent' || outcome === 'answered') {
				assert.ok(isReceived, `${number} is ${outcome}, but was not received`);
			} else if (outcome !== 'outcome-unknown') {
				assert.ok(!isReceived, `${number} is ${outcome}, but was received`);
			}
		}
		const { sent, received } = this.#pushes.get(this.#session.id);
		assert.equal(received, sent, 'pushes of the last session');
	}
}

test(`each message arrives once and in order, or is reported, in ${SCHEDULES} schedules`, async (t) => {
	const totals = {};
	for (let seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
		const schedule = new Schedule(seed);
		try {
			await schedule.run();
		} catch (error) {
			throw new Error(`seed ${seed}: ${error.message}`, { cause: error });
		}
		for (const [name, count] of Object.entries({ ...schedule.outcomes, ...schedule.cuts })) {
			totals[name] = (totals[name] ?? 0) + count;
		}
	}
	t.diagnostic(JSON.stringify(totals));
	for (const [name, count] of Object.entries(totals)) {
		assert.ok(SCHEDULES < 100 || count > 0, `no schedule with ${name}`);
	}
});
