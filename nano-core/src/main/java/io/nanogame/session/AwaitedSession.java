package io.nanogame.session;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What a login has waited for: the older session of its player on this server, which does
 * not leave it before the login takes effect.
 *
 * @param newest returns whether the player has not logged in again since
 * @param reserved the older session; null if there is none, or it has not arrived
 */
public record AwaitedSession(BooleanSupplier newest, @Nullable Session reserved) implements AutoCloseable {

	/** No older session. */
	static final AwaitedSession NONE = new AwaitedSession(() -> true, null);

	/**
	 * Returns whether the login may take effect.
	 * @return false if the player has logged in again meanwhile, so that it must end
	 */
	public boolean isNewest() {
		return this.newest.getAsBoolean();
	}

	/** The login has taken effect. Called once. */
	@Override
	public void close() {
		if (this.reserved != null) {
			this.reserved.handle.login().unreserve();
		}
	}

}
