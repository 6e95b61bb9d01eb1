package io.nanogame.dispatch;

import io.nanogame.group.DuplicateGroupException;
import io.nanogame.group.DuplicateMemberException;
import io.nanogame.group.GroupException;
import io.nanogame.group.GroupFullException;
import io.nanogame.group.MemberNotFoundException;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.RequestException;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.TooManyAttributesException;
import org.jspecify.annotations.Nullable;

/**
 * Maps exceptions of the engine that a handler does not catch. A conflict with the state
 * of a group or a session is not a failure of the game: another client was faster, or the
 * same client repeats a request. Names of groups are not sent.
 */
final class EngineErrors implements ErrorMapper {

	@Override
	public @Nullable RequestException map(Throwable failure) {
		if (failure instanceof MemberNotFoundException) {
			return new RequestException(404, "no such member", failure);
		}
		if (failure instanceof LoginRefusedException) {
			return new RequestException(403, String.valueOf(failure.getMessage()), failure);
		}
		String conflict = conflict(failure);
		return (conflict != null) ? new RequestException(409, conflict, failure) : null;
	}

	private static @Nullable String conflict(Throwable failure) {
		if (failure instanceof GroupException group) {
			return ofGroup(group);
		}
		if (failure instanceof TooManyAttributesException) {
			return "too many attributes";
		}
		return (failure instanceof SessionAlreadyBoundException) ? "logged in already" : null;
	}

	private static String ofGroup(GroupException failure) {
		if (failure instanceof GroupFullException) {
			return "the group is full";
		}
		if (failure instanceof DuplicateMemberException) {
			return "a member already";
		}
		return (failure instanceof DuplicateGroupException) ? "there is such a group already" : "the group is closed";
	}

}
