package io.nanogame.group;

/**
 * Thrown when the session is already a member.
 */
public class DuplicateMemberException extends GroupException {

	public DuplicateMemberException(String group) {
		super("The session is already in group '" + group + "'");
	}

}
