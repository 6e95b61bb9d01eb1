package io.nanogame.group;

/**
 * The group has as many members as it may have. A request whose handler lets this through
 * is answered 409.
 */
public class GroupFullException extends GroupException {

	GroupFullException(Group group) {
		super("Group '" + group.name() + "' is full");
	}

}
