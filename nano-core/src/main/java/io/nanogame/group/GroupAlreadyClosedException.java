package io.nanogame.group;

/**
 * Thrown when a closed group is closed again.
 */
public class GroupAlreadyClosedException extends GroupException {

	public GroupAlreadyClosedException(String group) {
		super("Group '" + group + "' is already closed");
	}

}
