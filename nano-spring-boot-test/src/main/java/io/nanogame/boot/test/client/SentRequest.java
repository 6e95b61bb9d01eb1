package io.nanogame.boot.test.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request that was sent. Its methods wait for the reply, and fail with an
 * {@link AssertionError} that shows what was received instead.
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
		this.nanos = reply.handle((value, failure) -> player.nanoTime() - sentNanos);
	}

	/**
	 * Waits for a reply that is not an error.
	 * @param <T> the type of the payload
	 * @param type the type of the payload; {@code byte[].class} for the raw body
	 * @return the response
	 */
	public <T> PayloadAssert<T> expectResponse(Class<T> type) {
		Reply received = await();
		if (received.error() != null) {
			throw this.player.failure("%s was answered with an error: %s".formatted(this.what, received.error()));
		}
		return new PayloadAssert<>(this.what, this.player.read(this.what, received.body(), type), this.nanos.join());
	}

	/**
	 * Waits for any reply that is not an error.
	 * @return the player
	 */
	public TestPlayer expectResponse() {
		expectResponse(byte[].class);
		return this.player;
	}

	/**
	 * Waits for an error.
	 * @param code the expected code, such as 403
	 * @return the error
	 */
	public ErrorAssert expectError(int code) {
		Reply received = await();
		if (received.error() == null) {
			throw this.player.failure("%s should have been answered with error %d, but the response was %s"
				.formatted(this.what, code, Formats.of(received.body())));
		}
		if (received.error().code() != code) {
			throw this.player.failure("%s should have been answered with error %d, but the error was %s"
				.formatted(this.what, code, received.error()));
		}
		return new ErrorAssert(this.what, received.error());
	}

	private Reply await() {
		try {
			return this.reply.get(this.player.timeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw this.player
				.failure("%s was not answered within %s".formatted(this.what, Formats.of(this.player.timeout())));
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
