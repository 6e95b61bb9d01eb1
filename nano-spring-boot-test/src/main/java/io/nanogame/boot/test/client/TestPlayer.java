package io.nanogame.boot.test.client;

import java.time.Duration;

import io.nanogame.boot.test.client.Inbox.Ending;
import io.nanogame.boot.test.client.Inbox.Push;
import io.nanogame.serialize.Payloads;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A player of a test, connected, as {@link NanoTestClient} makes them. What comes is kept
 * until it is asked for: each route's pushes in their order, whatever comes between them.
 * <p>
 * All methods that begin with {@code expect} wait for the time-out of the client at most,
 * and fail with an {@link AssertionError} that tells what has come instead. For the
 * thread of the test.
 */
public final class TestPlayer implements AutoCloseable {

	private final String name;

	private final Line line;

	private final Inbox inbox;

	private final Payloads payloads;

	private final Duration timeout;

	TestPlayer(String name, Line line, Inbox inbox, Payloads payloads, Duration timeout) {
		this.name = name;
		this.line = line;
		this.inbox = inbox;
		this.payloads = payloads;
		this.timeout = timeout;
	}

	/**
	 * How failing tests call the player.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Asks the game.
	 * @param route such as {@code room.join}
	 * @param payload what to send; {@code byte[]} as it is
	 * @return to be asked for the answer
	 */
	public SentRequest request(String route, @Nullable Object payload) {
		long sentNanos = this.line.nanoTime();
		return new SentRequest(this, route, sentNanos, this.line.request(route, write(payload)));
	}

	/**
	 * Asks the game, with nothing but a route.
	 * @param route such as {@code room.leave}
	 * @return to be asked for the answer
	 */
	public SentRequest request(String route) {
		return request(route, null);
	}

	/**
	 * Tells the game something.
	 * @param route such as {@code room.message}
	 * @param payload what to send; {@code byte[]} as it is
	 * @return this
	 */
	public TestPlayer notify(String route, @Nullable Object payload) {
		this.line.tell(route, write(payload));
		return this;
	}

	/**
	 * Tells the game something, with nothing but a route.
	 * @param route such as {@code room.leave}
	 * @return this
	 */
	public TestPlayer notify(String route) {
		return notify(route, null);
	}

	private byte[] write(@Nullable Object payload) {
		return (payload != null) ? this.payloads.write(payload) : this.payloads.empty();
	}

	/**
	 * Waits for a push, and takes it.
	 * @param <T> its type
	 * @param route such as {@code onMessage}
	 * @param type its type; {@code byte[].class} for it as it is
	 * @return the oldest push of that route that was not taken before
	 */
	public <T> PayloadAssert<T> expectPush(String route, Class<T> type) {
		String what = "%s's push %s".formatted(this.name, route);
		long beganNanos = this.line.nanoTime();
		Push push = this.inbox.take(route, this.timeout);
		if (push == null) {
			throw failure("%s did not come within %s".formatted(what, Words.of(this.timeout)));
		}
		return new PayloadAssert<>(what, read(what, push.body(), type), push.nanos() - beganNanos);
	}

	/**
	 * Checks that no push of a route has come, when the game has done all it was told. In
	 * a slice nothing is waited for but the game; over a socket a fifth of a second.
	 * @param route such as {@code onMessage}
	 * @return this
	 */
	public TestPlayer expectNoPush(String route) {
		Push push = this.inbox.look(route, this.line.settle(this.timeout));
		if (push != null) {
			throw new AssertionError("%s expected no push %s, but got %s".formatted(this.name, route, push));
		}
		return this;
	}

	/**
	 * Waits until the game kicks the player.
	 * @param reason what the player is told
	 */
	public void expectKicked(String reason) {
		expectKicked().as("what %s is told", this.name).isEqualTo(reason);
	}

	/**
	 * Waits until the game kicks the player.
	 * @return what the player is told
	 */
	public AbstractStringAssert<?> expectKicked() {
		Ending ending = this.inbox.ending(this.timeout);
		if (ending == null) {
			throw failure("%s was not kicked within %s".formatted(this.name, Words.of(this.timeout)));
		}
		if (ending.kick() == null) {
			throw failure("%s was not kicked".formatted(this.name));
		}
		return Assertions.assertThat(ending.kick());
	}

	/** Waits until the connection has ended, with a kick or without. */
	public void expectClosed() {
		if (this.inbox.ending(this.timeout) == null) {
			throw failure("%s is still connected after %s".formatted(this.name, Words.of(this.timeout)));
		}
	}

	/**
	 * Stops sending heartbeats, as a client does whose device is asleep.
	 * @return this
	 * @throws UnsupportedOperationException if the player is on a socket
	 */
	public TestPlayer fallSilent() {
		this.line.fallSilent();
		return this;
	}

	/** Hangs up, behind what was sent. */
	@Override
	public void close() {
		this.line.close();
	}

	/**
	 * Waits for what the game does about the end of this player, as far as that can be
	 * known.
	 */
	void awaitGone() {
		expectClosed();
		this.line.settle(this.timeout);
	}

	Duration timeout() {
		return this.timeout;
	}

	long nanoTime() {
		return this.line.nanoTime();
	}

	<T> T read(String what, byte[] body, Class<T> type) {
		try {
			return type.cast(this.payloads.reader(type).read(body));
		}
		catch (RuntimeException ex) {
			throw new AssertionError("%s cannot be read as %s (%s). It was %s".formatted(what, type.getSimpleName(),
					ex.getMessage(), Words.of(body)), ex);
		}
	}

	AssertionError failure(String what) {
		String hint = this.line.hint();
		return new AssertionError("%s. What came, and was not asked for:%s%s".formatted(what, this.inbox.describe(),
				hint.isEmpty() ? "" : "\n" + hint));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
