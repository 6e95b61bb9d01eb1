package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.boot.test.client.Inbox.Ending;
import io.nanogame.boot.test.client.Inbox.Push;
import io.nanogame.serialize.Payloads;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A connected player of a test, created by {@link NanoTestClient}. Received pushes are
 * kept until the test takes them, in order for each route.
 * <p>
 * All methods that begin with {@code expect} wait at most for the time-out of the client,
 * and fail with an {@link AssertionError} that shows what was received instead. Confined
 * to the thread of the test.
 */
public final class TestPlayer implements AutoCloseable {

	private final String name;

	private final PlayerConnection connection;

	private final Inbox inbox;

	private final Payloads payloads;

	private final Duration timeout;

	/** The last call of resume(). */
	private ResumeAttempt attempt = ResumeAttempt.NONE;

	TestPlayer(String name, PlayerConnection connection, Inbox inbox, Payloads payloads, Duration timeout) {
		this.name = name;
		this.connection = connection;
		this.inbox = inbox;
		this.payloads = payloads;
		this.timeout = timeout;
	}

	/**
	 * Returns the player's name in failure messages.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/** Returns what converts the payloads of this player. */
	public Payloads payloads() {
		return this.payloads;
	}

	/**
	 * Sends a request.
	 * @param route such as {@code room.join}
	 * @param payload the payload; {@code byte[]} is sent unchanged
	 * @return awaits the reply
	 */
	public SentRequest request(String route, @Nullable Object payload) {
		long sentNanos = this.connection.nanoTime();
		return new SentRequest(this, route, sentNanos, this.connection.request(route, write(payload)));
	}

	/**
	 * Sends a request without a payload.
	 * @param route such as {@code room.leave}
	 * @return awaits the reply
	 */
	public SentRequest request(String route) {
		return request(route, null);
	}

	/**
	 * Sends a notification.
	 * @param route such as {@code room.message}
	 * @param payload the payload; {@code byte[]} is sent unchanged
	 * @return this
	 */
	public TestPlayer notify(String route, @Nullable Object payload) {
		this.connection.notify(route, write(payload));
		return this;
	}

	/**
	 * Sends a notification without a payload.
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
	 * Waits for a push, and removes it.
	 * @param <T> the type of the payload
	 * @param route such as {@code onMessage}
	 * @param type the type of the payload; {@code byte[].class} for the raw body
	 * @return the oldest push of the route that was not returned before
	 */
	public <T> PayloadAssert<T> expectPush(String route, Class<T> type) {
		String what = "%s's push %s".formatted(this.name, route);
		long beganNanos = this.connection.nanoTime();
		Push push = this.inbox.poll(route, this.timeout);
		if (push == null) {
			throw failure("%s was not received within %s".formatted(what, Formats.of(this.timeout)));
		}
		return new PayloadAssert<>(what, read(what, push.body(), type), push.nanos() - beganNanos);
	}

	/**
	 * Takes the pushes of a route that have arrived when the game has handled all
	 * messages: as {@link #expectNoPush}, this waits for the game in a slice, and over a
	 * socket for a fifth of a second.
	 * @param <T> the type of the payload
	 * @param route such as {@code onMessage}
	 * @param type the type of the payload; {@code byte[].class} for the raw body
	 * @return the payloads, the oldest first
	 */
	public <T> List<T> takePushes(String route, Class<T> type) {
		Duration limit = this.connection.settle(this.timeout);
		List<T> taken = new ArrayList<>();
		Push push = this.inbox.poll(route, limit);
		while (push != null) {
			taken.add(read("%s's push %s".formatted(this.name, route), push.body(), type));
			push = this.inbox.poll(route, Duration.ZERO);
		}
		return taken;
	}

	/**
	 * Checks that no push of a route arrives, after the game has handled all messages. In
	 * a slice this waits for the game only; over a socket for a fifth of a second.
	 * @param route such as {@code onMessage}
	 * @return this
	 */
	public TestPlayer expectNoPush(String route) {
		Push push = this.inbox.peek(route, this.connection.settle(this.timeout));
		if (push != null) {
			throw new AssertionError("%s expected no push %s, but got %s".formatted(this.name, route, push));
		}
		return this;
	}

	/**
	 * Waits until the game kicks the player.
	 * @param reason the expected reason
	 */
	public void expectKicked(String reason) {
		expectKicked().as("the reason of %s's kick", this.name).isEqualTo(reason);
	}

	/**
	 * Waits until the game kicks the player.
	 * @return an assertion on the reason
	 */
	public AbstractStringAssert<?> expectKicked() {
		Ending ending = this.inbox.ending(this.timeout);
		if (ending == null) {
			throw failure("%s was not kicked within %s".formatted(this.name, Formats.of(this.timeout)));
		}
		if (ending.kick() == null) {
			throw failure("%s was not kicked".formatted(this.name));
		}
		return Assertions.assertThat(ending.kick());
	}

	/** Waits until the connection has ended, with a kick or without. */
	public void expectClosed() {
		if (this.inbox.ending(this.timeout) == null) {
			throw failure("%s is still connected after %s".formatted(this.name, Formats.of(this.timeout)));
		}
	}

	/**
	 * Stops sending heartbeats, as the client of a sleeping device does.
	 * @return this
	 * @throws UnsupportedOperationException if the player is on a socket
	 */
	public TestPlayer fallSilent() {
		this.connection.fallSilent();
		return this;
	}

	/**
	 * Breaks the connection, as a tunnel does: neither side closes it, and what is in
	 * flight is lost. A player of {@link NanoTestClient#resumable()} can still send: the
	 * messages wait. The session of any other player ends, unless
	 * {@code nano.session.login: continue} keeps it for the next login of its uid.
	 * @return this
	 * @throws IllegalStateException if the player is not connected
	 * @throws UnsupportedOperationException if the player is on a socket and not
	 * resumable
	 */
	public TestPlayer cut() {
		this.attempt = ResumeAttempt.NONE;
		this.connection.cut();
		return this;
	}

	/**
	 * Connects again to continue the session, after {@link #cut()} or another end of the
	 * connection, and waits for the game's reply. If the session is lost, the player has
	 * a new one afterwards, and requests in progress have failed.
	 * @return this, for {@link #expectResumed()}, {@link #expectLost()} or
	 * {@link #expectRefused()}
	 */
	public TestPlayer resume() {
		this.attempt = ResumeAttempt.of(this, this.connection.resume());
		return this;
	}

	/**
	 * Checks that {@link #resume()} has continued the session.
	 * @return this
	 */
	public TestPlayer expectResumed() {
		if (!this.attempt.isResumed()) {
			throw failure("%s's session was not resumed: %s".formatted(this.name, this.attempt));
		}
		return this;
	}

	/**
	 * Checks that the session was lost: {@link #resume()} came too late, or the game has
	 * ended the session meanwhile.
	 * @return this
	 */
	public TestPlayer expectLost() {
		if (!this.attempt.isLost()) {
			throw failure("%s's session was not lost: %s".formatted(this.name, this.attempt));
		}
		return this;
	}

	/**
	 * Checks that a listener of the game has refused to {@link #resume()} the session.
	 * @return the game's error
	 */
	public ErrorAssert expectRefused() {
		ErrorReply refusal = this.attempt.refusal();
		if (refusal == null) {
			throw failure("%s's resume was not refused: %s".formatted(this.name, this.attempt));
		}
		return new ErrorAssert(this.name + "'s resume", refusal);
	}

	/**
	 * Closes the connection after all queued output, and ends the session, also that of a
	 * resumable player that was cut. With {@code nano.session.login: continue} the server
	 * keeps the session of another player that has a uid and was cut, or is on TCP.
	 */
	@Override
	public void close() {
		this.connection.close();
	}

	/**
	 * Waits until the game has handled the end of this connection, as far as that can be
	 * known.
	 */
	void awaitDisconnected() {
		expectClosed();
		this.connection.settle(this.timeout);
	}

	Duration timeout() {
		return this.timeout;
	}

	long nanoTime() {
		return this.connection.nanoTime();
	}

	<T> T read(String what, byte[] body, Class<T> type) {
		return Formats.read(this.payloads, what, body, type);
	}

	AssertionError failure(String what) {
		String hint = this.connection.hint();
		return new AssertionError("%s. Received, but not expected:%s%s".formatted(what, this.inbox.describe(),
				hint.isEmpty() ? "" : "\n" + hint));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
