/*
 * Internal. The client side of the pomelo protocol's encoding.
 *
 *   packet    type (1), length (3, big-endian), body (length)
 *   message   flag (1), id (varint: request, response), route (request, notify, push), body (the rest)
 *   flag      bit 0: the route is a code    bits 1-3: message type    bit 4: the body is compressed
 *             bit 5: the response is an error    bits 6 and 7 are unused
 *   id        base 128, lowest digit first, the high bit means that another digit follows
 *   route     length (1) and as many bytes of UTF-8, or a code (2, big-endian) of the handshake's dictionary
 *   body      as written by the serializer
 */

import { decodeJson, decodeText, encodeJson, encodeText } from './text.js';

export const PacketType = Object.freeze({ HANDSHAKE: 1, HANDSHAKE_ACK: 2, HEARTBEAT: 3, DATA: 4, KICK: 5 });

export const MessageType = Object.freeze({ REQUEST: 0, NOTIFY: 1, RESPONSE: 2, PUSH: 3 });

const HEADER_LENGTH = 4;
const MAX_PACKET_BODY = 0xffffff;
const MAX_ROUTE_BYTES = 255;
const MAX_ID_BYTES = 10;
const COUNT_BYTES = 8;
const MAX_INFLATED = MAX_PACKET_BODY;

const ROUTE_CODE = 0x01;
const COMPRESSED = 0x10;
const ERROR = 0x20;

const EMPTY = new Uint8Array(0);

/** A failed request, a rejected handshake or the end of a connection. client.d.ts lists the codes. */
export class NanoError extends Error {
	constructor(code, msg, body) {
		super(msg);
		this.name = 'NanoError';
		this.code = code;
		this.body = body;
	}

	get msg() {
		return this.message;
	}
}

export const protocolError = (msg) => new NanoError('protocol', msg);

/** Splits the received bytes into packets, independent of frame boundaries. */
export class PacketReader {
	#rest = EMPTY;

	append(chunk) {
		this.#rest = this.#rest.length === 0 ? chunk : concat([this.#rest, chunk]);
	}

	/** Returns the next complete packet, if there is one. Its body is a view of the chunk, not a copy. */
	next() {
		if (this.#rest.length === 0) {
			return undefined;
		}
		const [type, high, middle, low] = this.#rest;
		if (type < PacketType.HANDSHAKE || type > PacketType.KICK) {
			throw protocolError(`invalid packet type ${type}`);
		}
		// Missing bytes of the header count as 0; the end is beyond the received bytes nevertheless.
		const end = HEADER_LENGTH + ((high << 16) | (middle << 8) | low);
		if (this.#rest.length < end) {
			return undefined;
		}
		const body = this.#rest.subarray(HEADER_LENGTH, end);
		this.#rest = this.#rest.subarray(end);
		return { type, body };
	}
}

export function encodePacket(type, body = EMPTY) {
	if (body.length > MAX_PACKET_BODY) {
		throw new RangeError(`a packet holds at most ${MAX_PACKET_BODY} bytes, this one has ${body.length}`);
	}
	return concat([[type, body.length >> 16, body.length >> 8, body.length], body]);
}

/** Encodes a number of packets for a heartbeat: 8 bytes, big-endian. */
export function encodeCount(count) {
	const bytes = new Uint8Array(COUNT_BYTES);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, Math.floor(count / 2 ** 32));
	view.setUint32(4, count % 2 ** 32);
	return bytes;
}

export function decodeCount(bytes) {
	if (bytes.length !== COUNT_BYTES) {
		throw protocolError(`a heartbeat of ${bytes.length} bytes`);
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	const count = view.getUint32(0) * 2 ** 32 + view.getUint32(4);
	if (!Number.isSafeInteger(count)) {
		throw protocolError(`the count ${count} of packets is too high`);
	}
	return count;
}

/** Encodes a request, or a notification, which has no id. The body is bytes. */
export function encodeMessage(type, id, route, body, dictionary) {
	const code = dictionary?.code(route);
	return concat([
		[(type << 1) | (code ? ROUTE_CODE : 0)],
		type === MessageType.REQUEST ? encodeId(id) : EMPTY,
		code ? [code >> 8, code] : encodeRoute(route),
		body
	]);
}

/**
 * Decodes a server's message: a response has `id` and `error`, a push has `route`; both have `type`, `compressed`
 * and `body`, a view of the bytes.
 */
export function decodeMessage(bytes, dictionary) {
	if (bytes.length < 2) {
		throw protocolError('message too short');
	}
	const flag = bytes[0];
	const type = (flag >> 1) & 0x07;
	const compressed = (flag & COMPRESSED) !== 0;
	if (type === MessageType.RESPONSE) {
		const { id, end } = decodeId(bytes, 1);
		return { type, id, error: (flag & ERROR) !== 0, compressed, body: bytes.subarray(end) };
	}
	if (type === MessageType.PUSH) {
		const { route, end } = flag & ROUTE_CODE ? decodeRouteCode(bytes, 1, dictionary) : decodeRoute(bytes, 1);
		return { type, route, compressed, body: bytes.subarray(end) };
	}
	throw protocolError(`invalid message type ${type}`);
}

export { encodeJson as toJson };

export function fromJson(bytes) {
	try {
		return decodeJson(bytes);
	} catch {
		throw protocolError('JSON expected');
	}
}

/**
 * Decodes the body of a response that is flagged as an error: JSON, or pitaya's protobuf message
 * `Error { string code = 1; string msg = 2; }`. Returns the bytes if they are neither.
 */
export function decodeError(bytes) {
	for (const decode of [fromJson, decodeProtobufError]) {
		try {
			return decode(bytes);
		} catch {
			// try the next format
		}
	}
	return bytes.slice();
}

function decodeProtobufError(bytes) {
	const fields = [];
	for (let at = 0; at < bytes.length;) {
		const { id: tag, end } = decodeId(bytes, at);
		const { id: length, end: start } = decodeId(bytes, end);
		at = start + length;
		if ((tag & 0x07) !== 2 || at > bytes.length) {
			throw protocolError('not a message Error');
		}
		fields[tag >> 3] = decodeText(bytes.subarray(start, at));
	}
	return { code: fields[1], msg: fields[2] };
}

/** Whether a handshake response is compressed: pitaya does not flag it. */
export function looksCompressed(bytes) {
	return bytes[0] === 0x78 || isGzip(bytes);
}

/** Whether this platform can inflate; browsers before 2023 cannot. */
export function canInflate() {
	return typeof DecompressionStream === 'function';
}

/** Inflates zlib or gzip. */
export async function inflate(bytes) {
	const inflated = new DecompressionStream(isGzip(bytes) ? 'gzip' : 'deflate');
	const writer = inflated.writable.getWriter();
	// The reader receives the same error.
	writer.write(bytes).catch(() => {});
	writer.close().catch(() => {});
	const reader = inflated.readable.getReader();
	const parts = [];
	let length = 0;
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			parts.push(part.value);
			length += part.value.length;
			if (length > MAX_INFLATED) {
				reader.cancel().catch(() => {});
				throw protocolError(`a compressed body of more than ${MAX_INFLATED} bytes`);
			}
		}
	} catch (error) {
		throw error instanceof NanoError ? error : protocolError('a compressed body that is damaged');
	}
	return concat(parts);
}

function isGzip(bytes) {
	return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function encodeId(id) {
	const digits = [];
	// No shifts: they would truncate the id to 32 bits.
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
	const text = encodeText(route);
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
	return { route: decodeText(bytes.subarray(start + 1, end)), end };
}

function decodeRouteCode(bytes, start, dictionary) {
	const code = (bytes[start] << 8) | bytes[start + 1];
	const route = dictionary?.route(code);
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
