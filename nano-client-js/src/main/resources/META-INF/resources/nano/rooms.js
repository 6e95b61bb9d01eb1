/*
 * Internal; rooms.d.ts documents the class. A session has at most one seat in the rooms of a kind, so a push is one for the
 * room of its kind. The whole state arrives before the reply to a join, and later pushes perhaps with it, before a caller
 * of this client can handle the reply: joins keep the pushes of their kind until then.
 */

import { Room } from './room.js';
import { isWhole } from './state-copy.js';

export class Rooms {
	#client;
	#ask;
	/** By kind. */
	#rooms = new Map();
	/** Joins without a reply. */
	#joins = new Set();
	#listening = false;

	/**
	 * Must be created before any other listener is added to the client, so that a listener that joins again is called later.
	 *
	 * @param ask `(route, body, options, convert)`: a request whose result is converted before the next push is received
	 */
	constructor(client, ask) {
		this.#client = client;
		this.#ask = ask;
		client.onLost(({ error }) => this.#lost(error));
		client.onState(({ state, error }) => {
			if (state === 'waiting' || state === 'closed') {
				this.#lost(error);
			}
		});
	}

	joinOrCreate(kind, options, requestOptions) {
		return this.#reserve('joinOrCreate', { kind, options }, options, requestOptions);
	}

	create(kind, options, requestOptions) {
		return this.#reserve('create', { kind, options }, options, requestOptions);
	}

	join(room, options, requestOptions) {
		return this.#reserve('join', { room }, options, requestOptions);
	}

	spectate(room, options, requestOptions) {
		return this.#reserve('spectate', { room }, options, requestOptions);
	}

	list(kind, { offset, limit, ...requestOptions } = {}) {
		return this.#client.request('rooms.list', { kind, offset, limit }, requestOptions);
	}

	enter(kind, options, requestOptions) {
		return this.#join(new Join(kind), options, requestOptions);
	}

	async #reserve(handler, reservation, options, requestOptions) {
		const { kind, room } = await this.#client.request(`rooms.${handler}`, reservation, requestOptions);
		return this.#join(new Join(kind, room), options, requestOptions);
	}

	async #join(join, options, requestOptions) {
		this.#listen();
		this.#joins.add(join);
		try {
			return await this.#ask(`${join.kind}.join`, options, requestOptions, (answer) => this.#joined(join, answer));
		} finally {
			this.#joins.delete(join);
		}
	}

	/** A client that uses no rooms does not decode their pushes. */
	#listen() {
		if (!this.#listening) {
			this.#listening = true;
			this.#client.on('room.state', (push) => this.#received('changed', push));
			this.#client.on('room.left', (push) => this.#received('ended', push));
		}
	}

	/** @param event the method of `Room` that receives the push */
	#received(event, push) {
		this.#joins.forEach((join) => join.keep(event, push));
		const room = this.#rooms.get(push?.kind);
		if (room?.is(push.room)) {
			room[event](push);
		}
	}

	#joined(join, answer) {
		this.#joins.delete(join);
		const { kind, id } = join;
		const existing = this.#rooms.get(kind);
		if (existing?.is(id ?? existing.id)) {
			existing.rejoined(answer);
			return existing;
		}
		existing?.ended({ reason: 'left', message: 'joined another room' });
		const room = new Room(this.#client, this.#ask, { kind, id, answer });
		this.#rooms.set(kind, room);
		room.onLeave(() => this.#rooms.delete(kind));
		join.replayTo(room);
		return room;
	}

	/** The session has ended, and with it all seats. */
	#lost(error) {
		[...this.#rooms.values()].forEach((room) => room.ended({ reason: 'lost', message: error.msg, error }));
	}
}

/** A join without a reply, and the pushes since the latest whole state. */
class Join {
	kind;
	#reserved;
	#pushes = [];

	/** @param reserved the id of the room, if it is known */
	constructor(kind, reserved) {
		this.kind = kind;
		this.#reserved = reserved;
	}

	/** The id of the room; `undefined` if it is unknown. */
	get id() {
		return this.#reserved ?? this.#pushes[0]?.push.room;
	}

	keep(event, push) {
		if (push?.kind !== this.kind || push.room !== (this.#reserved ?? push.room)) {
			return;
		}
		if (event === 'changed' && isWhole(push)) {
			this.#pushes = [];
		} else if (push.room !== this.#pushes[0]?.push.room) {
			return; // of an earlier seat
		}
		this.#pushes.push({ event, push });
	}

	replayTo(room) {
		this.#pushes.forEach(({ event, push }) => room[event](push));
	}
}
