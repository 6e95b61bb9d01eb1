package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.nanogame.client.ClientState;
import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.HandshakeRefusedException;
import io.nanogame.client.KickedException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientException;

/** The connection of a player on a socket. */
final class SocketConnection implements PlayerConnection {

	/** How long pushes may take to arrive after the game has handled a message. */
	private static final Duration QUIET = Duration.ofMillis(200);

	private final NanoClient client;

	private final Inbox inbox;

	SocketConnection(NanoClient client, Inbox inbox) {
		this.client = client;
		this.inbox = inbox;
	}

	@Override
	public CompletableFuture<Void> open() {
		this.client.onAny((route, body) -> this.inbox.push(route, body, nanoTime()));
		this.client.states().filter((state) -> state.phase() == Phase.CLOSED).subscribe(this::closed);
		return this.client.connect().toFuture().<Void>thenApply((handshake) -> null).exceptionallyCompose((failure) -> {
			Throwable cause = cause(failure);
			return CompletableFuture.failedFuture((cause instanceof HandshakeRefusedException refused)
					? new RefusedException(new ErrorReply(refused.code(), refused.serverMessage())) : cause);
		});
	}

	private void closed(ClientState state) {
		NanoClientException reason = state.reason();
		if (reason instanceof KickedException kick) {
			this.inbox.kicked(kick.reason());
		}
		else {
			this.inbox.closed("was closed: " + ((reason != null) ? reason.getMessage() : ""));
		}
	}

	@Override
	public CompletableFuture<Reply> request(String route, byte[] body) {
		return this.client.requestAsync(route, body, byte[].class)
			.toCompletableFuture()
			.thenApply((response) -> new Reply(response, null))
			.exceptionally((failure) -> {
				if (cause(failure) instanceof ErrorResponseException error) {
					return new Reply(error.body(), new ErrorReply(error.status(), error.serverMessage()));
				}
				throw new CompletionException(cause(failure));
			});
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	@Override
	public void notify(String route, byte[] body) {
		this.client.notify(route, body);
	}

	@Override
	public void fallSilent() {
		throw new UnsupportedOperationException("A player on a socket cannot stop its heartbeats. "
				+ "Connect it via a FaultyNetwork and stall that, or use @NanoTest");
	}

	@Override
	public void cut() {
		throw new UnsupportedOperationException("A player on a socket can be cut if it is resumable. "
				+ "Connect it with NanoTestClient.resumable(), or via a FaultyNetwork and cut that");
	}

	@Override
	public CompletableFuture<ResumeResult> resume() {
		return CompletableFuture.failedFuture(new IllegalStateException("connect it with NanoTestClient.resumable()"));
	}

	@Override
	public void close() {
		this.client.close();
	}

	@Override
	public Duration settle(Duration limit) {
		return (QUIET.compareTo(limit) < 0) ? QUIET : limit;
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public String hint() {
		return "";
	}

}
