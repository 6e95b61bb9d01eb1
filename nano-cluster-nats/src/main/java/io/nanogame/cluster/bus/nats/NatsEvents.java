package io.nanogame.cluster.bus.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.bus.nats.ClusterUnreachableException.Problem;
import io.nanogame.time.RealTime;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the NATS client tells of one connection: remembered, logged, passed on. The client
 * calls on one thread; the rest may ask on any.
 */
final class NatsEvents implements ConnectionListener, ErrorListener {

	private static final Logger log = LoggerFactory.getLogger(NatsEvents.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final List<Runnable> reconnectListeners = new CopyOnWriteArrayList<>();

	/** Known as soon as the first attempt to connect is over, also when it failed. */
	private final CompletableFuture<Connection> connection = new CompletableFuture<>();

	/**
	 * Complete when the connection is there or it is of no use to wait for it,
	 * exceptionally when it never will be.
	 */
	private final CompletableFuture<Connection> connected = new CompletableFuture<>();

	private volatile boolean isUp;

	private volatile long backSinceNanos = RealTime.nanoTime() - TimeUnit.DAYS.toNanos(1);

	private volatile boolean wasUp;

	private volatile long reconnects;

	/** So that an end that nobody wanted is seen. */
	private volatile boolean inUse;

	/**
	 * What was wrong with the attempts to connect, if anybody said. A refusal stays: the
	 * client repeats it as a connection that broke, and other servers may not answer.
	 */
	private volatile @Nullable Exception lastProblem;

	private final TriedServers servers = new TriedServers(this::endWaitingInVain);

	private final ServerMove move = new ServerMove(this::notifyReconnected);

	/** Returns what moves the connection to another server. */
	ServerMove move() {
		return this.move;
	}

	void onReconnect(Runnable listener) {
		this.reconnectListeners.add(listener);
	}

	/** Returns whether the connection was not lost within the time. */
	boolean isStable(Duration time) {
		return this.isUp && RealTime.nanoTime() - this.backSinceNanos >= time.toNanos();
	}

	/**
	 * Returns whether the connection was lost. It is counted as a reconnect before it is
	 * no longer lost.
	 */
	boolean isLost() {
		return this.wasUp && !this.isUp;
	}

	boolean wasConnected() {
		return this.wasUp;
	}

	long reconnects() {
		return this.reconnects;
	}

	/**
	 * Whether the connection should be there.
	 * @param used from when a link has it until that closes it
	 */
	void inUse(boolean used) {
		this.inUse = used;
	}

	/**
	 * Waits until the connection is there.
	 * @param patience how long at most
	 * @return the connection; one that is not there after that time, or when each server
	 * was tried and one of them has refused this node
	 * @throws IOException when it cannot come to be
	 */
	Connection await(Duration patience) throws IOException, InterruptedException {
		try {
			return this.connected.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return result(this.connection);
		}
		catch (ExecutionException ex) {
			throw cause(ex);
		}
	}

	/** The attempt that is under way has a time of its own, so this ends. */
	private static Connection result(CompletableFuture<Connection> future) throws IOException, InterruptedException {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw cause(ex);
		}
	}

	private static IOException cause(ExecutionException ex) {
		return (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
	}

	@Override
	@SuppressWarnings("deprecation")
	public void connectionEvent(Connection source, Events event) {
		this.connection.complete(source);
		switch (event) {
			case CONNECTED, RECONNECTED -> {
				if (this.wasUp) {
					this.reconnects++;
					this.backSinceNanos = RealTime.nanoTime();
				}
				this.isUp = true;
				this.wasUp = true;
				this.lastProblem = null;
				this.connected.complete(source);
			}
			case DISCONNECTED -> lost();
			case CLOSED -> closed();
			case RESUBSCRIBED -> {
				log.info("The connection to NATS is there, and this node in its cluster");
				notifyReconnected();
			}
			case LAME_DUCK -> this.move.start(source);
			default -> log.debug("NATS: {}", event.getEvent());
		}
	}

	private void notifyReconnected() {
		this.reconnectListeners.forEach(Runnable::run);
	}

	/** Told of each attempt that fails, too. */
	private void lost() {
		if (this.isUp) {
			this.isUp = false;
			log.warn("The connection to NATS is lost; it is tried again");
		}
	}

	private void closed() {
		this.isUp = false;
		Exception problem = this.lastProblem;
		this.connected.completeExceptionally(
				(problem instanceof IOException known) ? known : new IOException("The connection is closed", problem));
		if (this.inUse) {
			log.error("NATS has refused this node's credentials twice, and the connection is given up: "
					+ "this node works alone until it is started anew", problem);
		}
	}

	@Override
	public void errorOccurred(Connection source, String error) {
		this.limitedLog.warn("NATS: {}", error);
		if (isRefusal(error)) {
			this.lastProblem = new AuthenticationException(error);
			this.connection.complete(source);
			this.servers.refused();
		}
	}

	/** The servers, for the options of the connection. */
	TriedServers servers() {
		return this.servers;
	}

	private void endWaitingInVain() {
		if (this.servers.allFailed() && !this.wasUp && isRefused()) {
			this.connection.thenAccept(this.connected::complete);
		}
	}

	private boolean isRefused() {
		Exception problem = this.lastProblem;
		return problem != null && kind(null, problem) != Problem.NO_ANSWER;
	}

	private static boolean isRefusal(String error) {
		String text = error.toLowerCase(Locale.ROOT);
		return text.contains("authorization") || text.contains("authentication");
	}

	@Override
	public void exceptionOccurred(@Nullable Connection source, Exception ex) {
		log.debug("NATS", ex);
		if (!isRefused()) {
			this.lastProblem = ex;
			endWaitingInVain();
		}
		if (source == null) {
			// The thread that was to connect has ended.
			this.connection.completeExceptionally(ex);
			this.connected.completeExceptionally(ex);
		}
	}

	@Override
	public void slowConsumerDetected(Connection source, Consumer consumer) {
		this.limitedLog.error("NATS messages were dropped, because this node cannot keep up", null);
	}

	/**
	 * Why there is no connection.
	 * @param servers where one was wanted
	 * @param ex what the client says of it in the end, which is less than it said before
	 * @return what to tell the operator
	 */
	ClusterUnreachableException explain(List<String> servers, @Nullable Exception ex) {
		Exception problem = this.lastProblem;
		Exception cause = (problem != null) ? problem : ex;
		return new ClusterUnreachableException(servers, kind(ex, cause), cause);
	}

	private static Problem kind(@Nullable Exception said, @Nullable Exception cause) {
		if (said instanceof AuthenticationException || cause instanceof AuthenticationException) {
			return Problem.REFUSED;
		}
		for (Throwable each = cause; each != null; each = each.getCause()) {
			// The client library has only a message for a server with other requirements.
			if (each instanceof SSLException || String.valueOf(each.getMessage()).startsWith("SSL ")) {
				return Problem.TLS;
			}
		}
		return Problem.NO_ANSWER;
	}

}
