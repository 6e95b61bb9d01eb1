package io.nanogame.boot.test.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request that was sent. Ask it for one of its ends; each waits for the answer, and
 * fails with an {@link AssertionError} that tells what has come instead.
 */
public final class SentRequest {

	private final TestPlayer player;

	private final String what;

	private final CompletableFuture<Reply> reply;

	private final CompletableFuture<Long> nanos;

	SentRequest(TestPlayer player, String route, long sentNanos, CompletableFuture<Reply> reply) {
		this.player = player;
		this.what = "%s's request %s".formatted(player.name(), route);
		this.reply = reply;
		this.nanos = reply.handle((answer, failure) -> player.nanoTime() - sentNanos);
	}

	/**
	 * Waits for an answer that is no error.
	 * @param <T> its type
	 * @param type its type; {@code byte[].class} for it as it is
	 * @return the answer
	 */
	public <T> PayloadAssert<T> expectResponse(Class<T> type) {
		Reply answer = await();
		if (answer.error() != null) {
			throw this.player.failure("%s was answered with an error: %s".formatted(this.what, answer.error()));
		}
		return new PayloadAssert<>(this.what, this.player.read(this.what, answer.body(), type), this.nanos.join());
	}

	/**
	 * Waits for any answer that is no error.
	 * @return the player
	 */
	public TestPlayer expectResponse() {
		expectResponse(byte[].class);
		return this.player;
	}

	/**
	 * Waits for an error.
	 * @param code its code, such as 403
	 * @return the error
	 */
	public ErrorAssert expectError(int code) {
		Reply answer = await();
		if (answer.error() == null) {
			throw this.player.failure("%s should have been answered with error %d, but the answer was %s"
				.formatted(this.what, code, Words.of(answer.body())));
		}
		if (answer.error().code() != code) {
			throw this.player.failure("%s should have been answered with error %d, but the error was %s"
				.formatted(this.what, code, answer.error()));
		}
		return new ErrorAssert(this.what, answer.error());
	}

	private Reply await() {
		try {
			return this.reply.get(this.player.timeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw this.player
				.failure("%s was not answered within %s".formatted(this.what, Words.of(this.player.timeout())));
		}
		catch (ExecutionException ex) {
			throw this.player.failure("%s was not answered: %s".formatted(this.what, ex.getCause().getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.player.failure("The wait for %s was interrupted".formatted(this.what));
		}
	}

}
