package io.nanogame.group;

/**
 * The group is closed; nothing can be done with it any more.
 */
public class GroupClosedException extends GroupException {

	public GroupClosedException(String group) {
		super("Group '" + group + "' is closed");
	}

}
