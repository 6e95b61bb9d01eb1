/*
 * Internal. Text on the wire. The family's own browser clients encode each UTF-16 unit separately in one to three
 * bytes, so a character above U+FFFF has six bytes there and four in UTF-8. This codec reads both, and escapes such
 * characters in JSON, which every server and client can read.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const REPLACEMENT = '\ufffd';
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;
const PAIR_LENGTH = 6;

export function encodeText(text) {
	return encoder.encode(text);
}

/** Decodes malformed bytes to U+FFFD. */
export function decodeText(bytes) {
	const text = decoder.decode(bytes);
	return text.includes(REPLACEMENT) ? decodePairs(bytes) : text;
}

/** Returns `undefined` for a value that JSON cannot hold. */
export function encodeJson(value) {
	const text = JSON.stringify(value);
	return text === undefined ? undefined : encoder.encode(text.replace(PAIR, escaped));
}

/** Throws a SyntaxError if the bytes are not JSON. */
export function decodeJson(bytes) {
	return JSON.parse(decodeText(bytes));
}

function escaped(pair) {
	return `\\u${pair.charCodeAt(0).toString(16)}\\u${pair.charCodeAt(1).toString(16)}`;
}

function decodePairs(bytes) {
	let text = '';
	let start = 0;
	for (let at = nextPair(bytes, 0); at >= 0; at = nextPair(bytes, start)) {
		text += decoder.decode(bytes.subarray(start, at)) + String.fromCharCode(unit(bytes, at), unit(bytes, at + 3));
		start = at + PAIR_LENGTH;
	}
	return text + decoder.decode(bytes.subarray(start));
}

/** Valid UTF-8 never contains such six bytes: ed is never followed by a0 or more. */
function nextPair(bytes, start) {
	for (let at = bytes.indexOf(0xed, start); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
		if (isHalf(bytes, at, 0xa0) && isHalf(bytes, at + 3, 0xb0)) {
			return at;
		}
	}
	return -1;
}

function isHalf(bytes, at, second) {
	return bytes[at] === 0xed && (bytes[at + 1] & 0xf0) === second && (bytes[at + 2] & 0xc0) === 0x80;
}

function unit(bytes, at) {
	return 0xd000 | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f);
}
