package io.nanogame.group;

/**
 * The session is a member already.
 */
public class DuplicateMemberException extends GroupException {

	public DuplicateMemberException(String group) {
		super("The session is in group '" + group + "' already");
	}

}
