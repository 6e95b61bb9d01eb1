/**
 * Where a client stands:
 *
 * - `idle`: never connected
 * - `connecting`: the socket or the handshake is under way
 * - `open`: requests and notifies may be sent
 * - `waiting`: lost, and will connect again by itself after a delay
 * - `closed`: ended for good, until `connect()` is called
 */
export type ClientState = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed';

export type StateChange =
	| { readonly state: 'connecting' | 'open' }
	| {
		readonly state: 'waiting';
		/** Milliseconds until the next attempt. In a browser it is made at once when the network comes back. */
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
	/** Empty when the server gave none. */
	readonly reason: string;
	/** Whether the server expects this client back nevertheless, as earlier versions of this server did at a restart. */
	readonly reconnect: boolean;
}

/** Makes bytes of what is sent, and back. Errors that it throws while sending are those of the sender. */
export interface Serializer {
	/** `json` and `protobuf` are compared with what the server says it speaks. */
	readonly name: string;
	/** @param value `undefined` when nothing was given to send */
	encode(value: unknown, route: string): Uint8Array;
	/**
	 * @param bytes a view of all that arrived with them: copy what you keep
	 * @param route of the push, or of the request that is answered
	 */
	decode(bytes: Uint8Array, route: string): unknown;
}

/** A message type of protobuf.js, or one with the same two functions. */
export interface ProtobufType {
	encode(message: any): { finish(): Uint8Array };
	decode(bytes: Uint8Array): any;
	/** When it is there, what is sent goes through it. */
	fromObject?(object: any): any;
}

/** The default: JSON. Nothing is sent as `{}`, an empty body arrives as null, and bytes are sent as they are. */
export const json: Serializer;

/** Bytes and text go as they are; a `Uint8Array` arrives. */
export const raw: Serializer;

/**
 * Standard protobuf, not pomelo's. What arrives and has no type is a `Uint8Array`; bytes are sent as they are.
 *
 * @param types by route: of what this client sends, and of what it receives as a push or as the answer
 */
export function protobuf(types: Record<string, { sends?: ProtobufType; receives?: ProtobufType }>): Serializer;

export interface NanoClientOptions {
	/** Travels as `user` in each handshake, as it is then; anything JSON can hold, by custom an object. */
	user?: unknown;
	/** Further parts of `sys` in the handshake. `version` is what servers look at to refuse old clients. */
	sys?: Record<string, unknown>;
	/** Default {@link json}. With {@link raw} and {@link protobuf} the client says that it reads pitaya's errors. */
	serializer?: Serializer;
	/** Milliseconds a request waits for its response, `Infinity` for ever. Default 10000. */
	requestTimeout?: number;
	/** Milliseconds an attempt may take from its start to the end of the handshake. Default 10000. */
	connectTimeout?: number;
	/** Whether a connection that fails or is lost is made again, without end. Default true. */
	reconnect?: boolean;
	/** Whether that goes for every kick too. Default false: who was kicked stays away, unless the server asks it back. */
	reconnectAfterKick?: boolean;
	/**
	 * Milliseconds. The n-th attempt in a row waits a random time between 0 and
	 * `min(maxReconnectDelay, reconnectDelay * 2^n)`, n from 0. Default 1000.
	 */
	reconnectDelay?: number;
	/** Milliseconds. Default 30000. */
	maxReconnectDelay?: number;
	/**
	 * How many requests and notifies may wait while the client connects (again). They are sent when it is open, in
	 * their order, after what listeners of the state send. Requests count their time from the beginning, and who ran
	 * out of it or was aborted is not sent. Default 0: they fail at once.
	 */
	offlineQueue?: number;
	/**
	 * Where the route dictionary is kept, one for each server's address, so that pomelo's servers need not send it
	 * again. Default: localStorage in a page, elsewhere nowhere. `null` for nowhere.
	 */
	storage?: DictionaryStorage | null;
	/** The WebSocket class, where the platform has none: Node before 22 takes the one of `ws`. */
	WebSocket?: new (url: string) => unknown;
}

/** What this client needs of a `Storage`. What it throws is no harm. */
export interface DictionaryStorage {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
	removeItem(key: string): void;
}

export interface RequestOptions {
	/** Milliseconds, instead of `requestTimeout`. */
	timeout?: number;
	/** Gives the request up: it rejects with the signal's reason, and its answer is not looked at. */
	signal?: AbortSignal;
}

export interface PushesOptions {
	/** How many pushes may wait for the loop. Default 256. */
	capacity?: number;
	/** What one more does: ends the loop with a {@link NanoError} `overflow` (default), or replaces the oldest. */
	overflow?: 'error' | 'drop-oldest';
	/** Ends the loop with the signal's reason. */
	signal?: AbortSignal;
}

/**
 * What went wrong. `code` is the server's own when the server spoke (a number; pitaya's are texts like `PIT-404`),
 * else one of this client's:
 *
 * - `timeout`: no response, or no handshake, in time; the outcome is unknown
 * - `lost`: the connection ended or broke, or nothing was heard since two heartbeats; `msg` has the code of the end and
 *   the server's reason, such as `1001 the server is shutting down`; the outcome is unknown
 * - `protocol`: the server sent bytes that are no protocol
 * - `serializer`: the server speaks protobuf and this client does not, or the other way round
 * - `kicked`: the server sent this client away; `msg` is its reason, perhaps empty; the outcome is unknown
 * - `closed`: `close()` was called; the outcome is unknown
 * - `not-open`: request or notify without a connection
 * - `queue-full`: the same, and the offline queue has no room
 * - `overflow`: a loop over pushes is too slow for its capacity
 * - `url`: the WebSocket cannot be made for this URL
 * - `user`: JSON cannot hold the options `user` and `sys`
 * - `unknown`: the server flagged an error and gave it no code
 *
 * Where the outcome is unknown, the server may have done what it was asked. Of its own errors, 503 says that the
 * request was not begun and may be sent again; after 408 the outcome is unknown.
 */
export class NanoError extends Error {
	constructor(code: number | string, msg: string, body?: unknown);
	readonly code: number | string;
	/** The same text as `message`. */
	readonly msg: string;
	/** All that the server answered, when it was an answer. */
	readonly body?: any;
}

/**
 * A connection to a server of the pomelo family over WebSocket. It survives: lost connections are made again with
 * exponential backoff and full jitter, and whatever bytes arrive, nothing is thrown into the event loop. What a
 * session was to the server is gone after a reconnect: join again when the state is `open` again.
 */
export class NanoClient {
	/** @param url `ws://` or `wss://`, with the server's path */
	constructor(url: string | URL, options?: NanoClientOptions);

	readonly state: ClientState;

	/**
	 * Connects, or tries at once while waiting; in the states `connecting` and `open` it changes nothing.
	 *
	 * @returns what the server's handshake says in `user`, as soon as the client is open. While the client
	 * reconnects by itself this stays pending; it rejects with a {@link NanoError} when the client is closed: by
	 * `close()`, a kick, a refused handshake, or a first failure without `reconnect`.
	 */
	connect(): Promise<any>;

	/**
	 * Sends a request.
	 *
	 * A response is an error when the server flagged it so (0x20, as pitaya does). Servers speak otherwise to clients
	 * that do not know the flag, so it is one too when the body is an object with a numeric `code` of 400 or more and
	 * with a text `msg` or nothing else; not with {@link protobuf} and {@link raw}. Any other body is a result, also
	 * one with a `code` of its own such as `{"code": 0}`.
	 *
	 * @param body what the serializer can write; its least when left out, which is `{}` for JSON
	 * @returns the body of the response. Rejects with a {@link NanoError}: the server's error, `timeout`,
	 * `not-open`, `queue-full`, or what ended the connection meanwhile; with a RangeError when the route has more than
	 * 255 bytes of UTF-8 and no code in the server's dictionary; with what the serializer throws; with the reason of
	 * the signal.
	 */
	request<T = any>(route: string, body?: unknown, options?: RequestOptions): Promise<T>;

	/** Sends a message that gets no answer. Throws what {@link request} rejects with before anything is sent. */
	notify(route: string, body?: unknown): void;

	/**
	 * Listens to the pushes of a route, over all reconnects. A listener that is added twice is called once.
	 *
	 * @returns a function that ends it
	 */
	on<T = any>(route: string, listener: (body: T) => void): () => void;

	/**
	 * The pushes of a route, from now on and over all reconnects, for one `for await`. Pushes wait while the loop is
	 * busy. Leaving the loop ends it; `close()` ends it after what waits; any other end of the client is thrown.
	 */
	pushes<T = any>(route: string, options?: PushesOptions): AsyncIterableIterator<T>;

	/** Listens to changes of the state. The change to `open` comes before the first push. */
	onState(listener: (change: StateChange) => void): () => void;

	/** Listens to kicks, before the state changes. */
	onKick(listener: (kick: Kick) => void): () => void;

	/** Closes for good; pending requests reject with `closed`. `connect()` may be called again. */
	close(): void;
}
