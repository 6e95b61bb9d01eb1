package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.nanogame.boot.test.network.FaultyNetwork;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Connects players to the game under test: in memory in a slice, on real sockets
 * otherwise. A bean of tests that are annotated so. Players leave when their test method
 * has ended.
 * <p>
 * Immutable: {@link #user}, {@link #via} and so on return another client, whose players
 * are the same. For the thread of the test.
 */
public final class NanoTestClient {

	private final Supplier<Lines> lines;

	private final Payloads payloads;

	private final Duration timeout;

	private final Players players;

	private final @Nullable Object user;

	private NanoTestClient(Supplier<Lines> lines, Payloads payloads, Duration timeout, Players players,
			@Nullable Object user) {
		this.lines = lines;
		this.payloads = payloads;
		this.timeout = timeout;
		this.players = players;
		this.user = user;
	}

	/**
	 * A client.
	 * @param lines asked with each player
	 * @param payloads those of the game
	 * @param timeout how long to wait for what is expected
	 * @return the client
	 */
	public static NanoTestClient of(Supplier<Lines> lines, Payloads payloads, Duration timeout) {
		return new NanoTestClient(lines, payloads, timeout, new Players(), null);
	}

	/**
	 * A client of a server on this machine.
	 * @param port asked with each player
	 * @param path of its WebSocket
	 * @param payloads those of the game
	 * @param timeout how long to wait for what is expected
	 * @return the client
	 */
	public static NanoTestClient ofPort(Supplier<Integer> port, String path, Payloads payloads, Duration timeout) {
		return of(() -> new SocketLines(false, port.get(), path, payloads.serializer()), payloads, timeout);
	}

	// Who connects, and how

	/**
	 * A client whose players say something in their handshake.
	 * @param data such as a token: what becomes a JSON object
	 * @return another client
	 */
	public NanoTestClient user(Object data) {
		return new NanoTestClient(this.lines, this.payloads, this.timeout, this.players, data);
	}

	/**
	 * A client that waits longer, or shorter.
	 * @param other how long to wait for what is expected
	 * @return another client
	 */
	public NanoTestClient timeout(Duration other) {
		return new NanoTestClient(this.lines, this.payloads, other, this.players, this.user);
	}

	/**
	 * A client whose players use WebSockets.
	 * @return another client
	 * @throws IllegalStateException in a slice, when it is used
	 */
	public NanoTestClient webSocket() {
		return onSockets(SocketLines::byWebSocket);
	}

	/**
	 * A client whose players come through a network that can be made to fail.
	 * @param network leads to the game's port
	 * @return another client
	 * @throws IllegalStateException in a slice, when it is used
	 */
	public NanoTestClient via(FaultyNetwork network) {
		return onSockets((sockets) -> sockets.through(network.port()));
	}

	private NanoTestClient onSockets(UnaryOperator<SocketLines> change) {
		return new NanoTestClient(() -> {
			if (this.lines.get() instanceof SocketLines sockets) {
				return change.apply(sockets);
			}
			throw new IllegalStateException("There are no sockets in a slice. "
					+ "Use @SpringBootTest with @AutoConfigureNanoTestClient for what happens on the network");
		}, this.payloads, this.timeout, this.players, this.user);
	}

	// Connecting

	/**
	 * Connects a player and shakes hands.
	 * @return the player, by a name of the client's choice
	 */
	public TestPlayer connect() {
		return connect(this.players.nextGuest());
	}

	/**
	 * The player of that name, who is connected when first asked for.
	 * @param name how failing tests call the player; the game does not learn of it
	 * @return the same player until the test method ends
	 */
	public TestPlayer named(String name) {
		return this.players.named(name, () -> connect(name));
	}

	private TestPlayer connect(String name) {
		Inbox inbox = new Inbox();
		Line line = this.lines.get().line(this.user, inbox);
		TestPlayer player = this.players.add(new TestPlayer(name, line, inbox, this.payloads, this.timeout));
		try {
			open(line);
			return player;
		}
		catch (ExecutionException ex) {
			throw new AssertionError("%s could not connect: %s".formatted(name, ex.getCause().getMessage()),
					ex.getCause());
		}
		catch (TimeoutException ex) {
			throw player.failure("%s could not connect within %s".formatted(name, Words.of(this.timeout)));
		}
	}

	/**
	 * Connects, and expects not to be let in.
	 * @return what the game says to that
	 */
	public ErrorAssert expectRefused() {
		String name = this.players.nextGuest();
		Line line = this.lines.get().line(this.user, new Inbox());
		try {
			open(line);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RefusedException refused) {
				return new ErrorAssert(name + "'s handshake", refused.reply());
			}
			throw new AssertionError("%s was not refused, but could not connect: %s".formatted(name, ex.getCause()),
					ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new AssertionError(
					"%s was neither refused nor let in within %s".formatted(name, Words.of(this.timeout)));
		}
		finally {
			line.close();
		}
		throw new AssertionError(name + " should have been refused, but was let in");
	}

	private void open(Line line) throws ExecutionException, TimeoutException {
		CompletableFuture<Void> opened = line.open();
		try {
			opened.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ExecutionException(ex);
		}
	}

	/** Lets all players leave. Called behind each test method. */
	public void closeAll() {
		this.players.closeAll();
	}

}
