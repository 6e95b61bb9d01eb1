/*
 * Internal; client.js exports json, raw and protobuf. A serializer converts the payloads of a route to bytes
 * and back: `{name, encode(value, route), decode(bytes, route)}`. Without a value it writes an empty payload. All three
 * send bytes unchanged.
 */

import { decodeJson, encodeJson, encodeText } from './text.js';

const EMPTY = new Uint8Array(0);

export const json = Object.freeze({
	name: 'json',

	encode(value = {}) {
		const bytes = bytesOf(value);
		if (bytes) {
			return bytes;
		}
		const written = encodeJson(value);
		if (!written) {
			throw new TypeError(`JSON cannot hold a ${typeof value}`);
		}
		return written;
	},

	/** An empty body, as some servers send it, becomes null. */
	decode(bytes) {
		return bytes.length === 0 ? null : decodeJson(bytes);
	}
});

export const raw = Object.freeze({
	name: 'raw',

	encode(value = EMPTY, route) {
		const bytes = typeof value === 'string' ? encodeText(value) : bytesOf(value);
		if (!bytes) {
			throw new TypeError(`${route}: the serializer raw sends bytes and text, not ${typeof value}`);
		}
		return bytes;
	},

	/** Copies the bytes, which are a view of a larger buffer. */
	decode(bytes) {
		return bytes.slice();
	}
});

/** For the types of protobuf.js, or others with `encode(message).finish()` and `decode(bytes)`. */
export function protobuf(types) {
	const typeOf = (route, direction) => (Object.hasOwn(types, route) ? types[route][direction] : undefined);

	return Object.freeze({
		name: 'protobuf',

		encode(value, route) {
			const type = typeOf(route, 'sends');
			const bytes = bytesOf(value);
			if (!type && value !== undefined && !bytes) {
				throw new TypeError(`${route}: no protobuf type for sent messages; set one as "sends", or send bytes`);
			}
			return bytes ?? (type ? encodeMessage(type, value ?? {}) : EMPTY);
		},

		decode(bytes, route) {
			const type = typeOf(route, 'receives');
			return type ? type.decode(bytes) : bytes.slice();
		}
	});
}

function encodeMessage(type, value) {
	// Converts the names of enum values to numbers, and throws if the value does not fit the type.
	return type.encode(type.fromObject ? type.fromObject(value) : value).finish();
}

function bytesOf(value) {
	if (value instanceof ArrayBuffer) {
		return new Uint8Array(value);
	}
	if (ArrayBuffer.isView(value)) {
		return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	}
	return undefined;
}
