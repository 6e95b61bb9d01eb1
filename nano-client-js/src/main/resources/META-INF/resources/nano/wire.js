/*
 * Internal. The bytes of the pomelo protocol, as far as a client writes and reads them.
 *
 *   packet    type (1), length (3, big-endian), body (length)
 *   message   flag (1), id (varint: request, response), route (request, notify, push), body (the rest)
 *   flag      bit 0: the route is a code    bits 1-3: message type    bit 5: the response is an error
 *             bit 4, a compressed body, is sent to pitaya's own clients only; bits 6 and 7 are unused
 *   id        base 128, lowest digit first, the high bit says that another digit follows
 *   route     length (1) and that much UTF-8, or a code (2, big-endian) of the handshake's dictionary
 *   body      JSON in UTF-8
 */

export const PacketType = Object.freeze({ HANDSHAKE: 1, HANDSHAKE_ACK: 2, HEARTBEAT: 3, DATA: 4, KICK: 5 });

export const MessageType = Object.freeze({ REQUEST: 0, NOTIFY: 1, RESPONSE: 2, PUSH: 3 });

const HEADER_LENGTH = 4;
const MAX_PACKET_BODY = 0xffffff;
const MAX_ROUTE_BYTES = 255;
const MAX_ID_BYTES = 10;

const ROUTE_CODE = 0x01;
const ERROR = 0x20;

const EMPTY = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A failed request, a refused handshake or the end of a connection. client.d.ts lists the codes. */
export class NanoError extends Error {
	constructor(code, msg) {
		super(msg);
		this.name = 'NanoError';
		this.code = code;
	}

	get msg() {
		return this.message;
	}
}

const protocolError = (msg) => new NanoError('protocol', msg);

/** Route codes both ways. Entries that are no legal code are left out, so their routes travel as text. */
export class RouteDictionary {
	#codes = new Map();
	#routes = new Map();

	constructor(entries) {
		for (const [route, code] of Object.entries(entries ?? {})) {
			if (Number.isInteger(code) && code > 0 && code <= 0xffff) {
				this.#codes.set(route, code);
				this.#routes.set(code, route);
			}
		}
	}

	code(route) {
		return this.#codes.get(route);
	}

	route(code) {
		return this.#routes.get(code);
	}
}

/** Cuts the inbound bytes into packets, wherever the frames begin and end. */
export class PacketReader {
	#rest = EMPTY;

	/** Yields each packet that is whole by now. Its body is a view of the chunk, not a copy. */
	*read(chunk) {
		this.#rest = this.#rest.length === 0 ? chunk : concat([this.#rest, chunk]);
		while (this.#rest.length > 0) {
			const [type, high, middle, low] = this.#rest;
			if (type < PacketType.HANDSHAKE || type > PacketType.KICK) {
				throw protocolError(`invalid packet type ${type}`);
			}
			// Bytes of the header that are not there yet count as 0, so the end is beyond them all the same.
			const end = HEADER_LENGTH + ((high << 16) | (middle << 8) | low);
			if (this.#rest.length < end) {
				return;
			}
			const body = this.#rest.subarray(HEADER_LENGTH, end);
			this.#rest = this.#rest.subarray(end);
			yield { type, body };
		}
	}
}

export function encodePacket(type, body = EMPTY) {
	if (body.length > MAX_PACKET_BODY) {
		throw new RangeError(`a packet holds at most ${MAX_PACKET_BODY} bytes, this one has ${body.length}`);
	}
	return concat([[type, body.length >> 16, body.length >> 8, body.length], body]);
}

/** Encodes a request, or a notify, whose id is not written. */
export function encodeMessage(type, id, route, body, dictionary) {
	const code = dictionary.code(route);
	return concat([
		[(type << 1) | (code ? ROUTE_CODE : 0)],
		type === MessageType.REQUEST ? encodeId(id) : EMPTY,
		code ? [code >> 8, code] : encodeRoute(route),
		toJson(body)
	]);
}

/** Decodes what a server sends: a response as `{type, id, error, body}`, a push as `{type, route, body}`. */
export function decodeMessage(bytes, dictionary) {
	if (bytes.length < 2) {
		throw protocolError('message too short');
	}
	const flag = bytes[0];
	const type = (flag >> 1) & 0x07;
	if (type === MessageType.RESPONSE) {
		const { id, end } = decodeId(bytes, 1);
		return { type, id, error: (flag & ERROR) !== 0, body: fromJson(bytes.subarray(end)) };
	}
	if (type === MessageType.PUSH) {
		const { route, end } = flag & ROUTE_CODE ? decodeRouteCode(bytes, 1, dictionary) : decodeRoute(bytes, 1);
		return { type, route, body: fromJson(bytes.subarray(end)) };
	}
	throw protocolError(`invalid message type ${type}`);
}

export function toJson(value) {
	return encoder.encode(JSON.stringify(value));
}

/** An empty body, which some servers send, is null. */
export function fromJson(bytes) {
	if (bytes.length === 0) {
		return null;
	}
	try {
		return JSON.parse(decoder.decode(bytes));
	} catch {
		throw protocolError('a body that is not JSON');
	}
}

function encodeId(id) {
	const digits = [];
	// No shifts: they would cut the id to 32 bits.
	for (; id > 0x7f; id = Math.floor(id / 0x80)) {
		digits.push((id % 0x80) | 0x80);
	}
	return [...digits, id];
}

function decodeId(bytes, start) {
	let id = 0;
	for (let i = 0; i < MAX_ID_BYTES; i++) {
		const digit = bytes[start + i];
		id += (digit & 0x7f) * 0x80 ** i;
		if (digit < 0x80) {
			return { id, end: start + i + 1 };
		}
	}
	throw protocolError('a message id without an end');
}

function encodeRoute(route) {
	const text = encoder.encode(route);
	if (text.length > MAX_ROUTE_BYTES) {
		throw new RangeError(`a route has at most ${MAX_ROUTE_BYTES} bytes, this one has ${text.length}`);
	}
	return concat([[text.length], text]);
}

function decodeRoute(bytes, start) {
	const end = start + 1 + bytes[start];
	if (end > bytes.length) {
		throw protocolError('truncated route');
	}
	return { route: decoder.decode(bytes.subarray(start + 1, end)), end };
}

function decodeRouteCode(bytes, start, dictionary) {
	const code = (bytes[start] << 8) | bytes[start + 1];
	const route = dictionary.route(code);
	if (bytes.length < start + 2 || route === undefined) {
		throw protocolError(`unknown route code ${code}`);
	}
	return { route, end: start + 2 };
}

function concat(parts) {
	const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}
