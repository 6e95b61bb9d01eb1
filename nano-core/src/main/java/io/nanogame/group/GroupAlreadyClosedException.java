package io.nanogame.group;

/**
 * The group was closed before.
 */
public class GroupAlreadyClosedException extends GroupException {

	public GroupAlreadyClosedException(String group) {
		super("Group '" + group + "' was closed before");
	}

}
