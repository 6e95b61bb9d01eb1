/*
 * Internal. Trees of JSON: objects, arrays and plain values, as JSON.parse returns them. They are never modified, so a part
 * that two trees have in common is the same object in both.
 *
 * The names of members are any text that a player has chosen, such as `__proto__`, so only own members are read, and members
 * are defined, not assigned. Nothing here is recursive, because JSON.parse accepts any depth.
 */

/** Applies a JSON merge patch (RFC 7396). What it does not change is shared with the result. */
export function mergePatch(target, patch) {
	if (!isObject(patch)) {
		return patch;
	}
	const root = copyOf(target);
	const open = [[root, patch]];
	while (open.length > 0) {
		const [object, changes] = open.pop();
		for (const [name, change] of Object.entries(changes)) {
			if (change === null) {
				delete object[name];
			} else if (isObject(change)) {
				const copy = copyOf(memberOf(object, name));
				define(object, name, copy);
				open.push([copy, change]);
			} else {
				define(object, name, change);
			}
		}
	}
	return root;
}

/**
 * Returns a tree that is equal to `next`, in which each part that is equal to the part of `previous` at the same place is
 * that part. So equal trees, and equal parts of them, can be recognized by `===`.
 *
 * @param next is modified, except the parts that it has in common with `previous`
 */
export function shareEqualParts(previous, next) {
	const root = { tree: next };
	const pairs = [];
	const compare = (holder, name, before, now) => {
		if (before !== now && isContainer(before) && isContainer(now) && Array.isArray(before) === Array.isArray(now)) {
			pairs.push({ holder, name, before, now });
		}
	};
	compare(root, 'tree', previous, next);
	for (const { before, now } of pairs) { // grows meanwhile: parts follow their whole
		Object.keys(now).forEach((name) => compare(now, name, memberOf(before, name), now[name]));
	}
	for (const { holder, name, before, now } of pairs.reverse()) {
		if (haveSameMembers(before, now)) {
			define(holder, name, before);
		}
	}
	return root.tree;
}

/** Returns a member of an object, or an item of an array by its index; `undefined` if there is none. */
export function memberOf(tree, name) {
	const isLength = name === 'length' && Array.isArray(tree);
	return isContainer(tree) && !isLength && Object.hasOwn(tree, name) ? tree[name] : undefined;
}

/** Returns the names of all members, or the indexes of all items. */
export function namesOf(tree) {
	return isContainer(tree) ? Object.keys(tree) : [];
}

function isContainer(tree) {
	return typeof tree === 'object' && tree !== null;
}

function isObject(tree) {
	return isContainer(tree) && !Array.isArray(tree);
}

function haveSameMembers(one, other) {
	const names = Object.keys(one);
	return names.length === Object.keys(other).length
		&& names.every((name) => Object.hasOwn(other, name) && one[name] === other[name]);
}

function copyOf(tree) {
	return isObject(tree) ? { ...tree } : {};
}

/** An assignment to `__proto__` would replace the prototype. */
function define(object, name, value) {
	Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
