package io.nanogame.dispatch;

import io.nanogame.group.GroupFullException;
import io.nanogame.route.ErrorMapper;
import io.nanogame.route.RequestException;
import io.nanogame.session.TooManyAttributesException;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told when a handler runs into a limit of the server and leaves it at
 * that.
 */
final class LimitErrors implements ErrorMapper {

	@Override
	public @Nullable RequestException map(Throwable failure) {
		if (failure instanceof GroupFullException) {
			return new RequestException(409, "the group is full", failure);
		}
		if (failure instanceof TooManyAttributesException) {
			return new RequestException(409, "too many attributes", failure);
		}
		return null;
	}

}
