package io.nanogame.group;

/**
 * The group was closed before.
 */
public class GroupAlreadyClosedException extends GroupException {

	GroupAlreadyClosedException(Group group) {
		super("Group '" + group.name() + "' was closed before");
	}

}
