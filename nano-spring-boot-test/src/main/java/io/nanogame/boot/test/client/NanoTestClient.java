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
import io.nanogame.serialize.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Connects players to the game under test: in memory in a slice, on real sockets
 * otherwise. Annotated tests have it as a bean. Players disconnect when their test method
 * has ended.
 * <p>
 * Immutable: methods such as {@link #user} and {@link #via} return a new client that
 * shares the players. Confined to the thread of the test.
 */
public final class NanoTestClient {

	private final Supplier<PlayerConnections> connections;

	private final Payloads payloads;

	private final Duration timeout;

	private final Players players;

	private final @Nullable Object user;

	private final boolean resumable;

	private NanoTestClient(Supplier<PlayerConnections> connections, Payloads payloads, Duration timeout,
			Players players, @Nullable Object user, boolean resumable) {
		this.connections = connections;
		this.payloads = payloads;
		this.timeout = timeout;
		this.players = players;
		this.user = user;
		this.resumable = resumable;
	}

	/**
	 * Creates a client.
	 * @param connections supplies the connections of each new player
	 * @param payloads the payloads of the game
	 * @param timeout how long to wait for an expected message
	 * @return the client
	 */
	public static NanoTestClient of(Supplier<PlayerConnections> connections, Payloads payloads, Duration timeout) {
		return new NanoTestClient(connections, payloads, timeout, new Players(), null, false);
	}

	/**
	 * Creates a client of a server on this machine.
	 * @param port supplies the port for each new player
	 * @param path the path of the WebSocket
	 * @param payloads the payloads of the game
	 * @param timeout how long to wait for an expected message
	 * @return the client
	 */
	public static NanoTestClient ofPort(Supplier<Integer> port, String path, Payloads payloads, Duration timeout) {
		return of(() -> new SocketConnections(false, port.get(), path), payloads, timeout);
	}

	// Options

	/**
	 * Returns a client whose players send user data in their handshake.
	 * @param data a value that is written as a JSON object, such as a record with a token
	 * @return a new client
	 */
	public NanoTestClient user(Object data) {
		return new NanoTestClient(this.connections, this.payloads, this.timeout, this.players, data, this.resumable);
	}

	/**
	 * Returns a client whose players use another serializer. A handshake validator of the
	 * game must choose it for their sessions.
	 * @param other the serializer
	 * @return a new client
	 */
	public NanoTestClient serializer(Serializer other) {
		return new NanoTestClient(this.connections, new Payloads(other), this.timeout, this.players, this.user,
				this.resumable);
	}

	/**
	 * Returns a client with another time-out.
	 * @param other how long to wait for an expected message
	 * @return a new client
	 */
	public NanoTestClient timeout(Duration other) {
		return new NanoTestClient(this.connections, this.payloads, other, this.players, this.user, this.resumable);
	}

	/**
	 * Returns a client whose players resume their sessions, as the clients of this
	 * project do. After the end of its connection, such a player stays away until
	 * {@link TestPlayer#resume()}. The session of any other player is closed with its
	 * connection, unless {@code nano.session.login: continue} keeps it for the next login
	 * of its uid.
	 * @return a new client
	 */
	public NanoTestClient resumable() {
		return new NanoTestClient(this.connections, this.payloads, this.timeout, this.players, this.user, true);
	}

	/**
	 * Returns a client whose players use WebSockets.
	 * @return a new client; in a slice, it throws an {@link IllegalStateException} when a
	 * player connects
	 */
	public NanoTestClient webSocket() {
		return onSockets(SocketConnections::withWebSocket);
	}

	/**
	 * Returns a client whose players connect through a network with simulated faults.
	 * @param network forwards to the game's port
	 * @return a new client; in a slice, it throws an {@link IllegalStateException} when a
	 * player connects
	 */
	public NanoTestClient via(FaultyNetwork network) {
		return onSockets((sockets) -> sockets.withPort(network.port()));
	}

	private NanoTestClient onSockets(UnaryOperator<SocketConnections> change) {
		return new NanoTestClient(() -> {
			if (this.connections.get() instanceof SocketConnections sockets) {
				return change.apply(sockets);
			}
			throw new IllegalStateException("There are no sockets in a slice. "
					+ "Use @SpringBootTest with @AutoConfigureNanoTestClient to test the network");
		}, this.payloads, this.timeout, this.players, this.user, this.resumable);
	}

	// Connecting

	/**
	 * Connects a player and completes the handshake.
	 * @return the player, with a generated name
	 */
	public TestPlayer connect() {
		return connect(this.players.nextName());
	}

	/**
	 * Returns the player with a name, and connects it when the name is used for the first
	 * time.
	 * @param name the player's name in failure messages; it is not sent to the game
	 * @return the same player until the test method ends
	 */
	public TestPlayer named(String name) {
		return this.players.named(name, () -> connect(name));
	}

	private TestPlayer connect(String name) {
		Inbox inbox = new Inbox();
		PlayerConnection connection = this.connections.get()
			.connection(this.user, this.payloads.serializer(), this.resumable, inbox);
		TestPlayer player = this.players.add(new TestPlayer(name, connection, inbox, this.payloads, this.timeout));
		try {
			open(connection);
			return player;
		}
		catch (ExecutionException ex) {
			throw new AssertionError("%s could not connect: %s".formatted(name, ex.getCause().getMessage()),
					ex.getCause());
		}
		catch (TimeoutException ex) {
			throw player.failure("%s could not connect within %s".formatted(name, Formats.of(this.timeout)));
		}
	}

	/**
	 * Connects, and expects the game to reject the handshake.
	 * @return the game's error
	 */
	public ErrorAssert expectRefused() {
		String name = this.players.nextName();
		PlayerConnection connection = this.connections.get()
			.connection(this.user, this.payloads.serializer(), false, new Inbox());
		try {
			open(connection);
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
					"%s was neither refused nor accepted within %s".formatted(name, Formats.of(this.timeout)));
		}
		finally {
			connection.close();
		}
		throw new AssertionError(name + " should have been refused, but was accepted");
	}

	private void open(PlayerConnection connection) throws ExecutionException, TimeoutException {
		CompletableFuture<Void> opened = connection.open();
		try {
			opened.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ExecutionException(ex);
		}
	}

	/**
	 * Disconnects all players. Called after each test method. With
	 * {@code nano.session.login: continue} the server keeps two kinds of sessions with a
	 * uid for their time: that of a player whose connection had ended before, and outside
	 * a slice that of a player on TCP that is not {@link #resumable()}.
	 */
	public void closeAll() {
		this.players.closeAll();
	}

}
