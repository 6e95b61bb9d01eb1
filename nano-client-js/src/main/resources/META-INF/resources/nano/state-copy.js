/*
 * Internal. The copy of the state of a room. The server sends the whole state with its version, and then a patch for each
 * later version.
 */

import { mergePatch, shareEqualParts } from './json-tree.js';

export class StateCopy {
	/** A tree that is not modified: a change creates new objects, but only where it changes them. */
	state;
	/** The version of the state; `undefined` before the first one. */
	version;

	/**
	 * Applies a push with the whole state or with a patch. A patch of a version that the copy has already is ignored.
	 *
	 * @returns false if patches before this one are missing: the whole state is needed
	 */
	apply(push) {
		if (isWhole(push)) {
			this.#become(push.version, push.state);
		} else if (push.version === this.version + 1) {
			this.#become(push.version, mergePatch(this.state, push.patch));
		} else {
			return push.version <= this.version;
		}
		return true;
	}

	#become(version, state) {
		this.state = shareEqualParts(this.state, state);
		this.version = version;
	}
}

export function isWhole(push) {
	return push.patch === undefined;
}
