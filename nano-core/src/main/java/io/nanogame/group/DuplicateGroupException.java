package io.nanogame.group;

/**
 * There is a group of that name.
 */
public class DuplicateGroupException extends GroupException {

	DuplicateGroupException(String name) {
		super("There is a group '" + name + "' already; close it first or use get");
	}

}
