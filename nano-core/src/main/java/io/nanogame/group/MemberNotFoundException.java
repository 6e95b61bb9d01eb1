package io.nanogame.group;

/**
 * No member of the group has that uid.
 */
public class MemberNotFoundException extends GroupException {

	MemberNotFoundException(Group group) {
		super("No member of group '" + group.name() + "' has that uid");
	}

}
