package io.nanogame.group;

/**
 * The group is closed; nothing can be done with it any more.
 */
public class GroupClosedException extends GroupException {

	GroupClosedException(Group group) {
		super("Group '" + group.name() + "' is closed");
	}

}
