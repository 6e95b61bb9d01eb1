package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.nanogame.boot.test.network.FaultyNetwork;
import io.nanogame.client.ClientState;
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.HandshakeRefusedException;
import io.nanogame.client.KickedException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientException;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a player on a socket that resumes its session. It goes through a
 * network of its own, which accepts a connection only when the test wants one: the client
 * itself always tries to resume.
 */
final class ResumingSocketConnection implements PlayerConnection {

	/** How long the client may take to notice that its connection is cut. */
	private static final Duration NOTICE = Duration.ofSeconds(10);

	/** How long a player that is away tries to end its session. */
	private static final Duration LAST_ATTEMPT = Duration.ofSeconds(2);

	private final SocketConnection connection;

	private final NanoClient client;

	private final Inbox inbox;

	private final FaultyNetwork network;

	// Guarded by this

	/** The attempt to resume; null while there is none. */
	private @Nullable CompletableFuture<ResumeResult> attempt;

	private String loss = "";

	ResumingSocketConnection(SocketConnection connection, NanoClient client, Inbox inbox, FaultyNetwork network) {
		this.connection = connection;
		this.client = client;
		this.inbox = inbox;
		this.network = network;
	}

	@Override
	public CompletableFuture<Void> open() {
		this.client.states().subscribe(this::changed);
		return this.connection.open();
	}

	private synchronized void changed(ClientState state) {
		switch (state.phase()) {
			case OPEN -> connected(ResumeResult.lost(this.loss));
			case RESUMED -> connected(ResumeResult.RESUMED);
			case LOST -> this.loss = message(state.reason());
			case RESUMING, WAITING -> {
				if (this.attempt == null) {
					this.inbox.closed("was closed: " + message(state.reason()));
				}
			}
			case CLOSED -> closed(state.reason());
			case NEW, CONNECTING -> {
				// The first connection.
			}
		}
	}

	private static String message(@Nullable NanoClientException reason) {
		return (reason != null) ? String.valueOf(reason.getMessage()) : "";
	}

	/** Guarded by this. */
	private void connected(ResumeResult result) {
		this.network.refuse();
		this.loss = "";
		if (this.attempt != null) {
			this.attempt.complete(result);
			this.attempt = null;
		}
	}

	/** Guarded by this. */
	private void closed(@Nullable NanoClientException reason) {
		// The last packets, which end the session, are still on their way.
		this.network.finish();
		if (this.attempt == null) {
			return;
		}
		if (reason instanceof KickedException kick) {
			this.inbox.kicked(kick.reason());
			this.attempt.complete(ResumeResult.lost("was kicked: " + kick.reason()));
		}
		else if (reason instanceof HandshakeRefusedException refused) {
			this.attempt
				.completeExceptionally(new RefusedException(new ErrorReply(refused.code(), refused.serverMessage())));
		}
		else {
			this.attempt.completeExceptionally(new IllegalStateException(message(reason)));
		}
		this.attempt = null;
	}

	@Override
	public void cut() {
		if (!this.client.state().isConnected()) {
			throw new IllegalStateException("There is no connection to cut");
		}
		this.inbox.closed("was cut");
		this.network.cut();
		this.client.states().filter((state) -> !state.isConnected()).blockFirst(NOTICE);
	}

	@Override
	public synchronized CompletableFuture<ResumeResult> resume() {
		ClientState state = this.client.state();
		if (state.phase() != Phase.RESUMING) {
			return CompletableFuture.failedFuture(new IllegalStateException(state.isConnected() ? "it is connected"
					: "the game has ended its session, or nano.resume.window is 0"));
		}
		this.inbox.reopened();
		this.attempt = new CompletableFuture<>();
		this.network.admit();
		return this.attempt;
	}

	@Override
	public CompletableFuture<Reply> request(String route, byte[] body) {
		return this.connection.request(route, body);
	}

	@Override
	public void notify(String route, byte[] body) {
		this.connection.notify(route, body);
	}

	@Override
	public void fallSilent() {
		this.connection.fallSilent();
	}

	@Override
	public void close() {
		if (this.client.state().phase() != Phase.RESUMING) {
			this.client.close();
			return;
		}
		this.inbox.reopened();
		this.network.admit();
		this.client.states()
			.filter(ClientState::isConnected)
			.next()
			.timeout(LAST_ATTEMPT)
			.subscribe((connected) -> this.client.close(), (late) -> this.client.close());
	}

	@Override
	public Duration settle(Duration limit) {
		return this.connection.settle(limit);
	}

	@Override
	public long nanoTime() {
		return this.connection.nanoTime();
	}

	@Override
	public String hint() {
		return this.connection.hint();
	}

}
