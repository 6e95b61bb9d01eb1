package io.nanogame.group;

/**
 * Thrown when a closed group is used.
 */
public class GroupClosedException extends GroupException {

	public GroupClosedException(String group) {
		super("Group '" + group + "' is closed");
	}

}
