package io.nanogame.cli.bots;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** A step of a scenario. */
sealed interface Step {

	/** Returns the name in the report; {@code null} if the step is not reported. */
	@Nullable String name();

	/**
	 * Sends a request and checks the response.
	 *
	 * @param expect the expected content of the response; {@code null} for any
	 */
	record Request(String name, String route, @Nullable Template payload, @Nullable Template expect,
			Duration timeout) implements Step {
	}

	/** Sends a notification. */
	record Notify(String name, String route, @Nullable Template payload) implements Step {
	}

	/**
	 * Awaits a push, which may arrive as soon as the step before has begun.
	 *
	 * @param where the expected content of the push; {@code null} for any
	 */
	record Await(String name, String route, @Nullable Template where, Duration timeout) implements Step {
	}

	/** Pauses for a random time from {@code min} to {@code max}. */
	record Think(Duration min, Duration max) implements Step {

		@Override
		public @Nullable String name() {
			return null;
		}

	}

	/**
	 * Disconnects.
	 *
	 * @param away the time until the player connects again; {@code null} for never
	 */
	record Leave(@Nullable Duration away) implements Step {

		@Override
		public @Nullable String name() {
			return null;
		}

	}

}
