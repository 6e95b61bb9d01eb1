package io.nanogame.boot.test.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt of a player to resume its session has ended.
 *
 * @param result what has become of the session; null if it is not known
 * @param refusal the game's error if it has refused the attempt, else null
 */
record ResumeAttempt(@Nullable ResumeResult result, @Nullable ErrorReply refusal) {

	/** There was none since the connection was cut. */
	static final ResumeAttempt NONE = new ResumeAttempt(null, null);

	/** Waits for the end of an attempt, which must not fail for technical reasons. */
	static ResumeAttempt of(TestPlayer player, CompletableFuture<ResumeResult> result) {
		try {
			return new ResumeAttempt(result.get(player.timeout().toNanos(), TimeUnit.NANOSECONDS), null);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RefusedException refused) {
				return new ResumeAttempt(null, refused.reply());
			}
			throw new AssertionError("%s could not resume: %s".formatted(player.name(), ex.getCause().getMessage()),
					ex.getCause());
		}
		catch (TimeoutException ex) {
			throw player
				.failure("%s could not resume within %s".formatted(player.name(), Formats.of(player.timeout())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw player.failure("The wait for %s to resume was interrupted".formatted(player.name()));
		}
	}

	boolean isResumed() {
		return this.result != null && this.result.resumed();
	}

	boolean isLost() {
		return this.result != null && !this.result.resumed();
	}

	@Override
	public String toString() {
		if (this.refusal != null) {
			return "the game has refused it with " + this.refusal;
		}
		if (this.result == null) {
			return "the test has not called resume() since it was cut";
		}
		if (this.result.resumed()) {
			return "it continues";
		}
		return this.result.message().isEmpty() ? "it is lost" : "it is lost: " + this.result.message();
	}

}
