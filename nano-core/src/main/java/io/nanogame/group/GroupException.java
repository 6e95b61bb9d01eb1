package io.nanogame.group;

/**
 * Something that cannot be done with a group.
 */
public abstract class GroupException extends IllegalStateException {

	GroupException(String message) {
		super(message);
	}

}
