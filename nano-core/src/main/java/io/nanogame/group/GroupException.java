package io.nanogame.group;

/**
 * An operation that a group does not allow.
 */
public abstract class GroupException extends IllegalStateException {

	GroupException(String message) {
		super(message);
	}

}
