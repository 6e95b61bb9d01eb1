package io.nanogame.group;

/**
 * The session is a member already.
 */
public class DuplicateMemberException extends GroupException {

	DuplicateMemberException(Group group) {
		super("The session is in group '" + group.name() + "' already");
	}

}
