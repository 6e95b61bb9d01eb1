package io.nanogame.group;

/**
 * The group has as many members as it may have. A request whose handler lets this through
 * is answered 409.
 */
public class GroupFullException extends GroupException {

	public GroupFullException(String group) {
		super("Group '" + group + "' is full");
	}

}
