/*
 * Internal. Listeners for parts of a tree, see json-tree.js: each has a JSON pointer (RFC 6901) in which `*` is any one
 * member of an object or item of an array. Trees are compared by identity, so a change is found without a look at what has
 * not changed.
 */

import { memberOf, namesOf } from './json-tree.js';
import { callSafely } from './listeners.js';

const ANY = Symbol('*');

export class PathListeners {
	#entries = new Set();

	/** Throws a RangeError if the pointer is invalid. The listener is called at once for the existing values. */
	add(pointer, listener, tree) {
		const entry = { path: pathOf(pointer), listener };
		this.#entries.add(entry);
		this.#notify(entry, undefined, tree);
		return () => {
			this.#entries.delete(entry);
		};
	}

	/** Notifies the listeners of all parts that differ. */
	changed(previous, next) {
		[...this.#entries].forEach((entry) => this.#notify(entry, previous, next));
	}

	clear() {
		this.#entries.clear();
	}

	/** A listener may remove itself, or others, at any time. */
	#notify(entry, previous, next) {
		for (const { before, now, names } of changesAt(entry.path, previous, next)) {
			if (this.#entries.has(entry)) {
				callSafely(entry.listener, now, before, ...names);
			}
		}
	}
}

function pathOf(pointer) {
	const [empty, ...names] = String(pointer).split('/');
	if (empty !== '' || /~(?![01])/.test(pointer)) {
		throw new RangeError(`a JSON pointer is empty or begins with '/', and has '~' only in '~0' and '~1': ${pointer}`);
	}
	return names.map((name) => (name === '*' ? ANY : name.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** Returns the parts at a path that differ, and the names of the members for which `*` stands. */
function changesAt(path, previous, next) {
	let changes = [{ before: previous, now: next, names: [] }].filter(differs);
	for (const name of path) {
		changes = changes.flatMap((change) => (name === ANY ? changedMembers(change) : [memberAt(change, name)])).filter(differs);
	}
	return changes;
}

function differs({ before, now }) {
	return before !== now;
}

function memberAt({ before, now, names }, name) {
	return { before: memberOf(before, name), now: memberOf(now, name), names };
}

function changedMembers(change) {
	const members = new Set([...namesOf(change.before), ...namesOf(change.now)]);
	return Array.from(members, (name) => ({ ...memberAt(change, name), names: [...change.names, name] }));
}
