/*
 * Internal. The codes that stand for routes, and what is kept of them between connections.
 *
 * A server of pomelo's leaves the dictionary out of its answer when the client names the version it has. So three
 * things must never happen: that a dictionary of another server is named, that one which was damaged in its storage is
 * used, and that one is used which the server did not confirm. All three would send messages to wrong routes.
 */

const KEY = 'nano.dictionary.1 ';
const MAX_CODE = 0xffff;

/** Codes both ways. What is no legal code, or stands for two routes, is left out: those routes travel as text. */
export class RouteDictionary {
	#codes = new Map();
	#routes = new Map();

	constructor(entries) {
		for (const [route, code] of Object.entries(entries ?? {})) {
			if (Number.isInteger(code) && code > 0 && code <= MAX_CODE) {
				this.#codes.set(route, code);
				this.#routes.set(code, this.#routes.has(code) ? undefined : route);
			}
		}
	}

	code(route) {
		const code = this.#codes.get(route);
		return this.#routes.get(code) === route ? code : undefined;
	}

	route(code) {
		return this.#routes.get(code);
	}
}

/** The last dictionary of one server: `{version, dict}`, in a storage that may fail, be full, or hold rubbish. */
export class DictionaryCache {
	#storage;
	#key;

	/** @param storage with the methods of localStorage, or nothing, for a cache that is always empty */
	constructor(storage, url) {
		this.#storage = storage;
		this.#key = KEY + addressOf(url);
	}

	read() {
		return this.#try(() => {
			const { version, dict, sum } = JSON.parse(this.#storage.getItem(this.#key));
			return isText(version) && sum === sumOf(version, dict) ? { version, dict } : undefined;
		});
	}

	write(version, dict) {
		const sum = sumOf(version, dict);
		this.#try(() => this.#storage.setItem(this.#key, JSON.stringify({ version, dict, sum })));
	}

	clear() {
		this.#try(() => this.#storage.removeItem(this.#key));
	}

	/** The dictionary that an answer to a handshake stands for, when `known` is what the handshake named. */
	adopt(sys, known) {
		const dict = [sys?.dict, sys?.routeToCode].find((codes) => isObject(codes) && Object.keys(codes).length > 0);
		if (dict && isText(sys.dictVersion)) {
			this.write(sys.dictVersion, dict);
		} else if (dict || !confirms(sys, known)) {
			this.clear();
		}
		return new RouteDictionary(dict ?? (confirms(sys, known) ? known.dict : undefined));
	}

	#try(access) {
		if (this.#storage) {
			try {
				return access();
			} catch {
				return undefined;
			}
		}
	}
}

/** A dict that is there and empty is the server's word too: it has no codes. */
function confirms(sys, known) {
	return known !== undefined && sys?.useDict === true && sys.dict === undefined && sys.routeToCode === undefined
		&& (sys.dictVersion ?? known.version) === known.version;
}

/** What follows the path is left out: it may be a secret, and the next time another one. */
function addressOf(url) {
	try {
		const { protocol, host, pathname } = new URL(url, globalThis.location?.href);
		return `${protocol}//${host}${pathname}`;
	} catch {
		return url;
	}
}

/** FNV-1a: against damage, not against attackers, who would be at home in this page anyway. */
function sumOf(version, dict) {
	let sum = 0x811c9dc5;
	for (const letter of JSON.stringify([version, dict])) {
		sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193);
	}
	return sum >>> 0;
}

function isText(value) {
	return typeof value === 'string' && value !== '';
}

function isObject(value) {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
