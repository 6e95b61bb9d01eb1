package io.nanogame.group;

/**
 * Thrown when the group has reached its maximum size. A request whose handler does not
 * catch it fails with 409.
 */
public class GroupFullException extends GroupException {

	public GroupFullException(String group) {
		super("Group '" + group + "' is full");
	}

}
