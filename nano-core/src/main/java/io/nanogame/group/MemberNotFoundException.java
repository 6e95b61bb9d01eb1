package io.nanogame.group;

/**
 * Thrown when no member of the group has that uid.
 */
public class MemberNotFoundException extends GroupException {

	public MemberNotFoundException(String group) {
		super("No member of group '" + group + "' has that uid");
	}

}
