package io.nanogame.cli.bots;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** One thing a player does. */
sealed interface Step {

	/** What it is called in the report; {@code null} if there is nothing to report. */
	@Nullable String name();

	/**
	 * Asks, and looks at the answer.
	 *
	 * @param expect what the answer must hold; {@code null} for anything
	 */
	record Ask(String name, String route, @Nullable Template payload, @Nullable Template expect,
			Duration timeout) implements Step {
	}

	/** Tells. */
	record Tell(String name, String route, @Nullable Template payload) implements Step {
	}

	/**
	 * Waits for a push, which may come as soon as the step before this one has begun.
	 *
	 * @param where what the push must hold; {@code null} for any
	 */
	record Await(String name, String route, @Nullable Template where, Duration timeout) implements Step {
	}

	/** Does nothing for a random time between two. */
	record Think(Duration least, Duration most) implements Step {

		@Override
		public @Nullable String name() {
			return null;
		}

	}

	/**
	 * Hangs up.
	 *
	 * @param away comes back after this time; {@code null} for never
	 */
	record Leave(@Nullable Duration away) implements Step {

		@Override
		public @Nullable String name() {
			return null;
		}

	}

}
