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

export interface StateChange {
	readonly state: ClientState;
	/** With `waiting`: milliseconds until the next attempt. */
	readonly delay?: number;
	/** With `waiting` and `closed`: why the connection ended. */
	readonly error?: NanoError;
}

export interface NanoClientOptions {
	/** Travels as `user` in the handshake; anything JSON can hold, by custom an object. */
	user?: unknown;
	/** Milliseconds a request waits for its response. Default 10000. */
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
	/** The WebSocket class, where the platform has none: Node before 22 takes the one of `ws`. */
	WebSocket?: new (url: string) => unknown;
}

/**
 * What went wrong. `code` is the server's own when the server spoke (a number; pitaya's are texts like `PIT-404`),
 * else one of this client's:
 *
 * - `timeout`: no response, or no handshake, in time
 * - `lost`: the connection broke, or nothing was heard for two heartbeat intervals
 * - `protocol`: the server sent bytes that are no protocol
 * - `kicked`: the server sent this client away; `msg` is its reason, perhaps empty
 * - `closed`: `close()` was called
 * - `not-open`: request or notify without a connection
 * - `url`: the WebSocket cannot be made for this URL
 * - `unknown`: the server flagged an error and gave it no code
 */
export class NanoError extends Error {
	constructor(code: number | string, msg: string);
	readonly code: number | string;
	/** The same text as `message`. */
	readonly msg: string;
}

/**
 * A connection to a server of the pomelo family over WebSocket, with JSON bodies. It survives: lost connections are
 * made again with exponential backoff and full jitter, and whatever bytes arrive, nothing is thrown into the event
 * loop. What a session was to the server is gone after a reconnect: join again when the state is `open` again.
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
	connect(): Promise<unknown>;

	/**
	 * Sends a request.
	 *
	 * A response is an error when the server flagged it so (0x20, as pitaya does), or when its body has a numeric
	 * `code` of 400 or more and a text `msg`, which is how servers speak to clients that do not know the flag. Any
	 * other body is a result, also one with a `code` of its own such as `{"code": 0}`. An empty body is null.
	 *
	 * @param body anything JSON can hold; `{}` when left out
	 * @returns the body of the response. Rejects with a {@link NanoError}: the server's error, `timeout`,
	 * `not-open`, or what ended the connection meanwhile; with a RangeError when the route has more than 255 bytes
	 * of UTF-8 and no code in the server's dictionary.
	 */
	request<T = any>(route: string, body?: unknown): Promise<T>;

	/** Sends a message that gets no answer. Throws what {@link request} rejects with before anything is sent. */
	notify(route: string, body?: unknown): void;

	/**
	 * Listens to the pushes of a route, over all reconnects. A listener that is added twice is called once.
	 *
	 * @returns a function that ends it
	 */
	on<T = any>(route: string, listener: (body: T) => void): () => void;

	/** Listens to changes of the state. The change to `open` comes before the first push. */
	onState(listener: (change: StateChange) => void): () => void;

	/** Listens to kicks, before the state changes. The reason is empty when the server gave none. */
	onKick(listener: (reason: string) => void): () => void;

	/** Closes for good; pending requests reject with `closed`. `connect()` may be called again. */
	close(): void;
}
