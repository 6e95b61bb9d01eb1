/*
 * Internal. The clients in JavaScript whose connections are cut, in Node and in pages. They send numbered messages, record
 * everything, and report it to their host, which names the phase: wait, run, drain, end.
 */

import { NanoClient } from './nano/client.js';

const PHASE_MILLIS = 500;
const TURN_MILLIS = 20;

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * Runs clients until the host ends them.
 *
 * @param options `host`, a URL; `names` of the clients; `server`, the URL of the server; `rate`, the calls of `send` a
 * second of all of them; `WebSocket`, if the platform has none
 */
export async function play({ host, names, server, rate, WebSocket }) {
	const phase = async () => (await fetch(`${host}/phase`)).text();
	const report = (path, value) => fetch(host + path, { method: 'POST', body: JSON.stringify(value) });
	const players = names.map((name) => new Player(name, server, WebSocket));
	await Promise.all(players.map((player) => player.connect()));
	await report('/ready', names);
	let current = await phase();
	while (current === 'wait') {
		await pause(TURN_MILLIS);
		current = await phase();
	}
	const began = performance.now();
	let asked = began;
	for (let sends = 0; current === 'run';) {
		const now = performance.now();
		for (; sends < (now - began) / 1000 * rate; sends++) {
			players[sends % players.length].send();
		}
		if (now - asked > PHASE_MILLIS) {
			asked = now;
			current = await phase();
		}
		await pause(TURN_MILLIS);
	}
	while (current !== 'end') {
		await report('/ledgers', players.map((player) => player.ledger()));
		await pause(PHASE_MILLIS);
		current = await phase();
	}
	players.forEach((player) => player.close());
}

class Player {
	#name;
	#client;
	#last = 0;
	#sent = [];
	#requests = [];
	#responses = [];
	#pushes = [];
	#awayMillis = [];
	#complaints = [];
	#cutAt;
	#connected = false;

	constructor(name, server, WebSocket) {
		this.#name = name;
		const options = {
			user: { name }, requestTimeout: Infinity, connectTimeout: 3000, reconnectDelay: 100, maxReconnectDelay: 2000
		};
		this.#client = new NanoClient(server, WebSocket ? { ...options, WebSocket } : options);
		this.#client.on('onNumber', ({ number }) => this.#pushes.push(number));
		this.#client.onLost(({ error }) => this.#complain(`the session was lost: ${error}`));
		this.#client.onState((change) => this.#changed(change));
	}

	#complain(what) {
		this.#complaints.push(`${this.#name}: ${what}`);
	}

	#changed({ state, resumed, error }) {
		if (state === 'resuming') {
			this.#cutAt ??= performance.now();
		} else if (resumed) {
			this.#awayMillis.push(Math.round(performance.now() - this.#cutAt));
			this.#cutAt = undefined;
		} else if (state === 'open') {
			this.#connected = true;
		} else if (state === 'waiting' && this.#connected) {
			this.#complain(`the session was lost: ${error}`);
		}
	}

	connect() {
		return this.#client.connect();
	}

	/** Sends a request and a notification. */
	send() {
		const number = this.#next();
		this.#requests.push(number);
		this.#client.request('book.request', { number }).then(
			(response) => this.#replied(number, response.number),
			(error) => this.#complain(`request ${number} failed: ${error}`));
		try {
			this.#client.notify('book.note', { number: this.#next() });
		} catch (error) {
			this.#complain(`a notification was not sent: ${error}`);
		}
	}

	#next() {
		this.#sent.push(++this.#last);
		return this.#last;
	}

	#replied(request, response) {
		this.#responses.push(response);
		if (response !== request) {
			this.#complain(`request ${request} has the response of ${response}`);
		}
	}

	ledger() {
		return {
			name: this.#name,
			sent: this.#sent,
			requests: this.#requests,
			responses: this.#responses,
			pushes: this.#pushes,
			awayMillis: this.#awayMillis,
			complaints: this.#complaints
		};
	}

	close() {
		this.#client.close();
	}
}
