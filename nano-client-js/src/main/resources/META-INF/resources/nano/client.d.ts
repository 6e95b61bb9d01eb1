import type { Rooms } from './rooms.js';

export type { Leave, Room, RoomInfo, RoomList, Rooms } from './rooms.js';

/**
 * The state of a client:
 *
 * - `idle`: never connected
 * - `connecting`: opens the socket, or waits for the reply to its handshake
 * - `open`: requests and notifications can be sent
 * - `resuming`: the connection was lost, and the server keeps the session for a while; the client reconnects to continue it.
 *   Messages are accepted and wait
 * - `waiting`: the connection was lost, and so was the session; the client reconnects after a delay
 * - `closed`: does not reconnect until `connect()` is called
 */
export type ClientState = 'idle' | 'connecting' | 'open' | 'resuming' | 'waiting' | 'closed';

export type StateChange =
	| { readonly state: 'connecting' }
	| {
		readonly state: 'open';
		/** Set if the session goes on as if the connection had not been lost. Otherwise it is new: log in and join. */
		readonly resumed?: true;
	}
	| {
		/** Notified again after each failed attempt. */
		readonly state: 'resuming' | 'waiting';
		/** Milliseconds until the next attempt. A browser tries at once when its network is back. */
		readonly delay: number;
		/** Why the connection ended. */
		readonly error: NanoError;
	}
	| {
		readonly state: 'closed';
		/** Why the connection ended. */
		readonly error: NanoError;
	};

export interface Kick {
	/** The server's reason; empty if it sent none. */
	readonly reason: string;
	/** Whether the server asks the client to reconnect nevertheless, as earlier versions of this server did at a restart. */
	readonly reconnect: boolean;
}

export interface Notification {
	readonly route: string;
	/** The value that was given to `notify`, not a copy. */
	readonly body: any;
}

/** The end of a session that could not be resumed. */
export interface Loss {
	/**
	 * The reason. If the server has closed the session while there was no connection, `body` has the server's `code` and
	 * `reason`.
	 */
	readonly error: NanoError;
	/** Notifications that were sent and not confirmed: the server may have handled them. In the order of the calls. */
	readonly unknown: Notification[];
	/** Notifications that were not sent and will not be, see `offlineQueue`. In the order of the calls. */
	readonly unsent: Notification[];
}

/** Converts payloads to bytes and back. Errors of `encode` are thrown to the caller of `request` or `notify`. */
export interface Serializer {
	/** `json` and `protobuf` are compared with the serializer that the server names in its handshake. */
	readonly name: string;
	/** @param value `undefined` for a message without a payload */
	encode(value: unknown, route: string): Uint8Array;
	/**
	 * @param bytes a view of a larger buffer: copy what you keep
	 * @param route the route of the push, or of the request to which the response belongs
	 */
	decode(bytes: Uint8Array, route: string): unknown;
}

/** A message type of protobuf.js, or one with the same two functions. */
export interface ProtobufType {
	encode(message: any): { finish(): Uint8Array };
	decode(bytes: Uint8Array): any;
	/** Converts the payload before it is encoded, if present. */
	fromObject?(object: any): any;
}

/** The default: JSON. A missing payload is sent as `{}`, an empty body is received as null, bytes are sent unchanged. */
export const json: Serializer;

/** Sends bytes unchanged and text as UTF-8; receives a `Uint8Array`. */
export const raw: Serializer;

/**
 * Standard protobuf, not pomelo's. A body without a type is received as `Uint8Array`; bytes are sent unchanged.
 *
 * @param types by route: the types of the messages that this client sends, and of the pushes or responses it receives
 */
export function protobuf(types: Record<string, { sends?: ProtobufType; receives?: ProtobufType }>): Serializer;

export interface NanoClientOptions {
	/** Sent as `user` in each handshake, with its value at that time. Any JSON value, usually an object. */
	user?: unknown;
	/** Further fields of `sys` in the handshake. Servers reject old clients by `version`. */
	sys?: Record<string, unknown>;
	/** Default {@link json}. With {@link raw} and {@link protobuf} the client requests pitaya's error flag. */
	serializer?: Serializer;
	/** Milliseconds to wait for a response; `Infinity` for no time-out. Default 10000. */
	requestTimeout?: number;
	/** Milliseconds from the start of an attempt to the end of the handshake. Default 10000. */
	connectTimeout?: number;
	/** Whether the client retries failed attempts and reconnects lost connections, without limit. Default true. */
	reconnect?: boolean;
	/** Whether it reconnects after every kick, too. Default false: only if the server asks for it. */
	reconnectAfterKick?: boolean;
	/**
	 * Milliseconds. The n-th attempt in a row waits a random time between 0 and
	 * `min(maxReconnectDelay, reconnectDelay * 2^n)`, n from 0. The first attempt to resume a session is immediate, at most
	 * once in this time. Default 1000.
	 */
	reconnectDelay?: number;
	/** Milliseconds. Default 30000. */
	maxReconnectDelay?: number;
	/**
	 * Whether the client continues its session after a lost connection, if the server can: no message in either direction
	 * is lost or handled twice, in the time for which the server keeps the session. Has no effect without `reconnect`.
	 * Default true.
	 */
	resume?: boolean;
	/**
	 * How many bytes of messages the client keeps to resume a session: sent ones that are not confirmed, and those that
	 * wait for a connection. Messages that would exceed it fail in the state `resuming` with `queue-full`. In the state
	 * `open` they are sent, and the session is lost if the connection is lost before the server has received them. Default
	 * 262144.
	 */
	resumeBuffer?: number;
	/**
	 * How many requests and notifications may be queued for the next session while the client connects or reconnects. They
	 * are sent in order when it is open, after the messages that state listeners send. The time-out of a request includes
	 * its time in the queue; a request that has timed out or was aborted is not sent. Messages of the state `resuming` join
	 * the queue when the session is lost, as far as there is room; the others are not sent. Default 0: messages fail at
	 * once, and are not sent in another session.
	 */
	offlineQueue?: number;
	/**
	 * The storage of route dictionaries, one for each server's address, so that servers of pomelo need not send them
	 * again. Default: localStorage in a page, otherwise none. `null` for none.
	 */
	storage?: DictionaryStorage | null;
	/** The WebSocket class, if the platform has none: in Node before 22, that of the package `ws`. */
	WebSocket?: new (url: string) => unknown;
}

/** The methods of `Storage` that this client uses. Their errors are ignored. */
export interface DictionaryStorage {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
	removeItem(key: string): void;
}

export interface RequestOptions {
	/** Milliseconds, instead of `requestTimeout`. */
	timeout?: number;
	/** Aborts the request: it rejects with the signal's reason, and its response is ignored. */
	signal?: AbortSignal;
}

export interface PushesOptions {
	/** How many pushes are buffered for the loop. Default 256. */
	capacity?: number;
	/** When the buffer is full: `error` (default) ends the loop with a {@link NanoError} `overflow`, `drop-oldest` drops the
	 * oldest push. */
	overflow?: 'error' | 'drop-oldest';
	/** Ends the loop with the signal's reason. */
	signal?: AbortSignal;
}

/**
 * A failure. `code` is the server's code for an error of the server (a number; a text such as `PIT-404` from pitaya),
 * otherwise one of this client's codes:
 *
 * - `timeout`: no response, or no handshake, in time; the outcome is unknown
 * - `lost`: the connection was closed or broke, or no packet was received for two heartbeats; `msg` has the close code
 *   and the server's reason, such as `1001 the server is shutting down`; the outcome is unknown
 * - `outcome-unknown`: the request was sent, and the session was lost before its response. `cause` is the reason
 * - `not-sent`: the session was lost before the request was sent. `cause` is the reason
 * - `protocol`: the server violated the protocol
 * - `serializer`: the server uses protobuf and this client does not, or the other way round
 * - `kicked`: the server kicked this client; `msg` is its reason, may be empty; the outcome is unknown
 * - `closed`: `close()` was called; the outcome is unknown
 * - `not-open`: a request or notification without a connection
 * - `queue-full`: the same, and the offline queue is full; or a message while the client resumes its session that would
 *   exceed `resumeBuffer`
 * - `left`: a message to a room in which the session has no seat any more
 * - `overflow`: a loop over pushes has more than `capacity` pushes to process
 * - `url`: no WebSocket can be created for this URL
 * - `user`: the options `user` and `sys` cannot be written as JSON
 * - `unknown`: the server flagged an error without a code
 *
 * Where the outcome is unknown, the server may have handled the request. Of the server's own errors, 503 means that
 * the handler has not begun, so the request may be sent again; after 408 the outcome is unknown.
 */
export class NanoError extends Error {
	constructor(code: number | string, msg: string, body?: unknown);
	readonly code: number | string;
	/** The same text as `message`. */
	readonly msg: string;
	/** The body of the error response, if there was one. */
	readonly body?: any;
	/** Of `outcome-unknown` and `not-sent`: why the session was lost. */
	readonly cause?: NanoError;
}

/**
 * A client of one server of the pomelo family, over WebSocket. It reconnects lost connections with exponential backoff
 * and full jitter, and never throws into the event loop, whatever bytes it receives. If the server can resume sessions, the
 * session goes on after a reconnect, and no message is lost. Otherwise the server has a new session: join again when the
 * state is `open` again and the change has no `resumed`.
 */
export class NanoClient {
	/** @param url `ws://` or `wss://`, with the server's path */
	constructor(url: string | URL, options?: NanoClientOptions);

	readonly state: ClientState;

	/**
	 * Connects; in the states `waiting` and `resuming` it tries at once, in `connecting` and `open` it has no effect.
	 *
	 * @returns `user` of the server's handshake for the session, as soon as the client is open. Stays pending while the client
	 * reconnects; rejects with a {@link NanoError} when the client is closed: by `close()`, a kick, a rejected handshake,
	 * or the first failure without `reconnect`.
	 */
	connect(): Promise<any>;

	/**
	 * Sends a request.
	 *
	 * A response is an error if the server flagged it (0x20, as pitaya does). For clients that do not know the flag,
	 * servers send a body instead: except with {@link protobuf} and {@link raw}, a response is also an error if its body
	 * is an object with a numeric `code` of 400 or more and with a text `msg` or nothing else. Any other body is a result,
	 * even one with a `code` of its own such as `{"code": 0}`.
	 *
	 * @param body a value that the serializer can write; without one, an empty payload, which is `{}` for JSON
	 * @returns the body of the response. Rejects with a {@link NanoError}: the server's error, `timeout`,
	 * `not-open`, `queue-full`, `outcome-unknown`, `not-sent`, or the end of the connection; with a RangeError if the route has more than 255 bytes of
	 * UTF-8 and no code in the server's dictionary; with the error of the serializer; with the reason of the signal.
	 */
	request<T = any>(route: string, body?: unknown, options?: RequestOptions): Promise<T>;

	/** Sends a notification, which has no response. Throws the errors with which {@link request} rejects before it sends. */
	notify(route: string, body?: unknown): void;

	/**
	 * Adds a listener for the pushes of a route, which stays over reconnects. A listener that is added twice is called once.
	 *
	 * @returns a function that removes the listener
	 */
	on<T = any>(route: string, listener: (body: T) => void): () => void;

	/**
	 * Returns the pushes of a route from now on, over all reconnects, for one `for await` loop. Pushes are buffered while
	 * the loop is busy. Leaving the loop ends the iterator; `close()` ends it after the buffered pushes; any other end of
	 * the client is thrown.
	 */
	pushes<T = any>(route: string, options?: PushesOptions): AsyncIterableIterator<T>;

	/** Adds a listener for changes of the state. It is notified of `open` before the first push. */
	onState(listener: (change: StateChange) => void): () => void;

	/**
	 * Adds a listener for kicks. It is notified before the state changes. A server that asks the client to resume its session
	 * over another connection does not kick it.
	 */
	onKick(listener: (kick: Kick) => void): () => void;

	/**
	 * Adds a listener for sessions that are lost although the server could have resumed them. It is notified before the
	 * change of the state: to `open` if the server has a new session already, otherwise to `waiting` or `closed`. A kick
	 * and `close()` are no losses.
	 */
	onLost(listener: (loss: Loss) => void): () => void;

	/** The rooms of the game: how to get a seat in one, and a copy of its state. */
	readonly rooms: Rooms;

	/** Closes the client; pending requests reject with `closed`. `connect()` may be called again. */
	close(): void;
}
