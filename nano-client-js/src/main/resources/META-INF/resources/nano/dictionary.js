/*
 * Internal. The codes of routes, and the cache that keeps them between connections.
 *
 * A server of pomelo omits the dictionary from its response when the client names the current version. So the client must
 * never name the dictionary of another server, nor use one that was damaged in its storage, nor one that the server has
 * not confirmed: each would send messages to wrong routes.
 */

const KEY = 'nano.dictionary.1 ';
const MAX_CODE = 0xffff;

/** Maps routes to codes and back. Illegal and ambiguous codes are ignored: their routes are sent as text. */
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

/** The last dictionary of one server, `{version, dict}`, in a storage that may fail, be full, or hold damaged data. */
export class DictionaryCache {
	#storage;
	#key;

	/** @param storage with the methods of localStorage; none for a cache that is always empty */
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

	/** The dictionary after a handshake response, when the request has named the version of `cached`. */
	adopt(sys, cached) {
		const dict = [sys?.dict, sys?.routeToCode].find((codes) => isObject(codes) && Object.keys(codes).length > 0);
		if (dict && isText(sys.dictVersion)) {
			this.write(sys.dictVersion, dict);
		} else if (dict || !confirms(sys, cached)) {
			this.clear();
		}
		return new RouteDictionary(dict ?? (confirms(sys, cached) ? cached.dict : undefined));
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

/** An empty `dict` does not confirm the cached one: the server has no codes. */
function confirms(sys, cached) {
	return cached !== undefined && sys?.useDict === true && sys.dict === undefined && sys.routeToCode === undefined
		&& (sys.dictVersion ?? cached.version) === cached.version;
}

/** Omits the query and the fragment: they may hold a secret, or change with each connection. */
function addressOf(url) {
	try {
		const { protocol, host, pathname } = new URL(url, globalThis.location?.href);
		return `${protocol}//${host}${pathname}`;
	} catch {
		return url;
	}
}

/** FNV-1a detects damage, not attacks: an attacker with access to the storage controls the page anyway. */
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

/** The default: only the storage of a page, as Node's causes a warning. Access may be denied. */
export function storageOfPage() {
	try {
		return globalThis.window?.localStorage;
	} catch {
		return undefined;
	}
}
