import type { NanoError, RequestOptions } from './client.js';

/** A room, as the server describes it to clients that have no seat in it. */
export interface RoomInfo {
	/** The id of the room. */
	readonly room: string;
	readonly kind: string;
	/** The number of taken and reserved seats. */
	readonly players: number;
	/** The number of all seats. */
	readonly seats: number;
	/** Whether the room accepts no further players. */
	readonly locked: boolean;
	/** What the game publishes about the room. */
	readonly metadata?: any;
}

export interface RoomList {
	readonly rooms: RoomInfo[];
	/** The number of all rooms of the kind, including those of other pages. */
	readonly total: number;
}

/** The end of a seat. */
export interface Leave {
	/**
	 * `left` after {@link Room.leave}; `lost` when the session has ended; otherwise the server's reason, such as `closed` or
	 * `removed`.
	 */
	readonly reason: string;
	/** The server's message; may be empty. */
	readonly message: string;
	/** Why the session has ended, if it was that. Its code is `closed` after `close()`. */
	readonly error?: NanoError;
}

/**
 * The rooms of a server. A session has at most one seat in the rooms of a kind. Each method that returns a {@link Room}
 * first gets a seat and then takes it; `options` are the game's and are sent with both requests. The promise rejects as
 * that of `request`: the server's code is 404 if there is no such room, or if the server does not offer rooms to its clients
 * itself; 409 if there is no seat.
 *
 * When this session has a seat in the same room already, the result is the same object, with a new answer and the current
 * state.
 */
export interface Rooms {
	/** Joins any room of a kind that has a seat, or creates one. */
	joinOrCreate<State = any, Answer = any>(kind: string, options?: unknown, requestOptions?: RequestOptions)
		: Promise<Room<State, Answer>>;

	/** Creates a room and joins it. */
	create<State = any, Answer = any>(kind: string, options?: unknown, requestOptions?: RequestOptions)
		: Promise<Room<State, Answer>>;

	/** Joins the room with an id. */
	join<State = any, Answer = any>(room: string, options?: unknown, requestOptions?: RequestOptions)
		: Promise<Room<State, Answer>>;

	/** Watches the room with an id, without a seat of a player. */
	spectate<State = any, Answer = any>(room: string, options?: unknown, requestOptions?: RequestOptions)
		: Promise<Room<State, Answer>>;

	/** Takes the seat that the server has reserved for this session, for example in a lobby of the game. */
	enter<State = any, Answer = any>(kind: string, options?: unknown, requestOptions?: RequestOptions)
		: Promise<Room<State, Answer>>;

	/** Lists the rooms of a kind. Without `offset` and `limit`, the server's first page. */
	list(kind: string, page?: { offset?: number; limit?: number } & RequestOptions): Promise<RoomList>;
}

/**
 * A room in which this session has a seat. A lost connection does not end it if the session is resumed. When it has ended,
 * for whatever reason, `state` remains, other listeners than that of {@link Room.onLeave} are not called any more, and
 * messages fail with the code `left`.
 */
export interface Room<State = any, Answer = any> {
	/** The kind of the room: the component of the server that handles its messages. */
	readonly kind: string;

	/** `undefined` if the room has no state and was joined by `enter`, because the server has not sent the id. */
	readonly id: string | undefined;

	/** The game's answer to the join. */
	readonly answer: Answer;

	/**
	 * The copy of the state: plain objects, which must not be modified. A change replaces the changed objects and those that
	 * contain them; all others remain the same objects, so `===` shows what has changed. `undefined` if the room has none.
	 */
	readonly state: State;

	/** The version of the state, which increases by one with each change of it. `undefined` if there is no state. */
	readonly version: number | undefined;

	/**
	 * Adds a listener that is called after each change of the state, and after the listeners of {@link Room.listen}.
	 *
	 * @returns a function that removes the listener
	 */
	onState(listener: (state: State, version: number) => void): () => void;

	/**
	 * Adds a listener for parts of the state. It is called at once for each part that exists, and then once in each change
	 * for each part that is added, changed or removed. A part has changed if anything in it has.
	 *
	 * @param pointer a JSON pointer (RFC 6901), such as `/fighters/ann/health`, in which `*` is any one member of an object
	 * or item of an array: `/fighters/*` is each fighter. A member whose name is `*` cannot be listened to by itself. Empty for
	 * the whole state.
	 * @param listener is called with the part, `undefined` if it was removed; with the previous one, `undefined` if there was
	 * none; and with the name of the member, or the index as text, for each `*`
	 * @returns a function that removes the listener
	 * @throws RangeError if the pointer is invalid
	 */
	listen<Value = any>(pointer: string,
		listener: (value: Value | undefined, previous: Value | undefined, ...names: string[]) => void): () => void;

	/** Sends a request to a handler of the room: `move` of the kind `arena` is the route `arena.move`. */
	request<T = any>(handler: string, body?: unknown, options?: RequestOptions): Promise<T>;

	/** Sends a notification to a handler of the room. */
	notify(handler: string, body?: unknown): void;

	/**
	 * Adds a listener that is called once, when this session has no seat in the room any more. It is called at once if that
	 * is so already.
	 *
	 * @returns a function that removes the listener
	 */
	onLeave(listener: (leave: Leave) => void): () => void;

	/** Gives the seat back. Resolves also if there is no seat any more; rejects as `request`, and then the seat remains. */
	leave(options?: RequestOptions): Promise<void>;
}
