package io.nanogame.dispatch;

import io.nanogame.group.GroupFullException;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.RequestException;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.TooManyAttributesException;
import org.jspecify.annotations.Nullable;

/**
 * Errors for the client when a handler lets an exception of the engine pass.
 */
final class EngineErrors implements ErrorMapper {

	@Override
	public @Nullable RequestException map(Throwable failure) {
		if (failure instanceof GroupFullException) {
			return new RequestException(409, "the group is full", failure);
		}
		if (failure instanceof TooManyAttributesException) {
			return new RequestException(409, "too many attributes", failure);
		}
		if (failure instanceof LoginRefusedException) {
			return new RequestException(403, String.valueOf(failure.getMessage()), failure);
		}
		return null;
	}

}
