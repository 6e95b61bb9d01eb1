package io.nanogame.group;

/**
 * Thrown when a group of that name exists.
 */
public class DuplicateGroupException extends GroupException {

	DuplicateGroupException(String name) {
		super("A group '" + name + "' already exists; close it first or use get");
	}

}
