/*
 * Internal; client.js exports json, raw and protobuf. A serializer makes bytes of what is sent to a route, and back:
 * `{name, encode(value, route), decode(bytes, route)}`. Without a value it writes whatever is least. In all three,
 * bytes that are given go as they are.
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

	/** An empty body, which some servers send, is null. */
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

	/** A copy, because the bytes are a view of all that came with them. */
	decode(bytes) {
		return bytes.slice();
	}
});

/** Of protobuf.js, or of whatever makes the same `encode(message).finish()` and `decode(bytes)`. */
export function protobuf(types) {
	const typeOf = (route, direction) => (Object.hasOwn(types, route) ? types[route][direction] : undefined);

	return Object.freeze({
		name: 'protobuf',

		encode(value, route) {
			const type = typeOf(route, 'sends');
			const bytes = bytesOf(value);
			if (!type && value !== undefined && !bytes) {
				throw new TypeError(`${route}: no protobuf type says what is sent; give one as "sends", or send bytes`);
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
	// Makes numbers of the names of enums, and complains of what does not fit.
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
