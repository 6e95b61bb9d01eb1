package io.nanogame.cluster.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.nanogame.cluster.wire.ClusterUnreachableException.Problem;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's connection to NATS. What one thread publishes arrives in its order, on
 * whatever subjects; what arrives is handed to handlers one after the other, on one
 * thread, but for signs of life, which have another one. Comes back by itself when it is
 * lost; what is published meanwhile waits, as much as the options say, and is dropped
 * above that. Before it was there for the first time nothing waits.
 */
public final class NatsLink implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(NatsLink.class);

	/** What may wait for the handlers before NATS throws away; they never block. */
	private static final long MAX_WAITING_BYTES = 256 * 1024 * 1024L;

	/** What may wait for the network. */
	private static final long MAX_LEAVING_BYTES = 64 * 1024 * 1024L;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	/** As NATS servers do that were told nothing else, until one has said. */
	private static final long DEFAULT_MAX_PAYLOAD = 1024 * 1024L;

	private final Connection connection;

	private final Subscriber subscriber;

	private final Subscriber apart;

	private final LeavingBytes leaving;

	private final LongAdder dropped = new LongAdder();

	private final LinkEvents events;

	private NatsLink(Connection connection, LinkEvents events) {
		this.connection = connection;
		this.events = events;
		events.inUse(true);
		LimitedLog limitedLog = new LimitedLog(log);
		this.subscriber = new Subscriber(connection.createDispatcher(), this, limitedLog);
		this.apart = new Subscriber(connection.createDispatcher(), this, limitedLog);
		this.leaving = new LeavingBytes(connection::outgoingPendingBytes, MAX_LEAVING_BYTES);
		this.subscriber.dispatcher().setPendingLimits(-1, MAX_WAITING_BYTES);
	}

	/**
	 * Connects. Blocks until that is done or has failed.
	 * @param options servers, credentials, times
	 * @return a link that is connected
	 * @throws ClusterUnreachableException when no server answers, or takes this node
	 */
	public static NatsLink connect(Options.Builder options) {
		LinkEvents events = new LinkEvents();
		Options built = build(options, events);
		try {
			return new NatsLink(Nats.connect(built), events);
		}
		catch (IOException ex) {
			throw events.explain(servers(built), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw events.explain(servers(built), ex);
		}
	}

	/**
	 * Connects, or goes on trying. Blocks until that is done, or is known to be of no
	 * use, but not longer than the options allow for one attempt.
	 * @param options servers, credentials, times
	 * @return a link that may not be connected yet
	 * @throws ClusterUnreachableException when a server answers that does not take this
	 * node, so that it is of no use to wait
	 */
	public static NatsLink connectInTime(Options.Builder options) {
		LinkEvents events = new LinkEvents();
		Options built = build(options.serverPool(events.servers()), events);
		try {
			Nats.connectAsynchronously(built, true);
			NatsLink link = new NatsLink(events.await(built.getConnectionTimeout()), events);
			if (!link.isConnected()) {
				mayComeLater(link, events.explain(servers(built), null));
			}
			return link;
		}
		catch (IOException ex) {
			throw events.explain(servers(built), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw events.explain(servers(built), ex);
		}
	}

	private static void mayComeLater(NatsLink link, ClusterUnreachableException problem) {
		if (problem.problem() != Problem.NO_ANSWER) {
			link.close();
			throw problem;
		}
		log.warn("{}. This node works alone, and joins its cluster when NATS answers", problem.getMessage());
	}

	private static Options build(Options.Builder options, LinkEvents events) {
		return options.maxReconnects(-1)
			// Or whoever publishes would wait for the network when 5,000 messages do.
			.maxMessagesInOutgoingQueue(0)
			.errorListener(events)
			.connectionListener(events)
			.build();
	}

	/** Addresses may hold a name and a password. */
	private static List<String> servers(Options options) {
		return options.getServers().stream().map((server) -> server.getHost() + ":" + server.getPort()).toList();
	}

	/**
	 * Whether messages leave right now.
	 * @return false while the connection is lost
	 */
	public boolean isConnected() {
		return this.connection.getStatus() == Connection.Status.CONNECTED;
	}

	/**
	 * Whether it says something that others are not heard.
	 * @param time how long they may need to come back when NATS itself was away
	 * @return false while the connection is lost, and for that time afterwards
	 */
	public boolean isSettled(Duration time) {
		return this.events.isSettled(time);
	}

	/**
	 * Runs something each time the connection is there again and all subscriptions with
	 * it.
	 * @param listener must not block
	 */
	public void onReconnect(Runnable listener) {
		this.events.onReconnect(listener);
	}

	/**
	 * Publishes. Does not wait for the network.
	 * @param subject whom it is for
	 * @param body the bytes, not to be changed afterwards
	 * @return false when it was dropped, because the connection is lost and too much
	 * waits
	 */
	public boolean publish(String subject, byte[] body) {
		return publish(subject, null, body);
	}

	/**
	 * Publishes, and says where answers go; also the one that nobody listens.
	 * @param subject whom it is for
	 * @param replyTo subject for answers, or null
	 * @param body the bytes, not to be changed afterwards
	 * @return as for {@link #publish(String, byte[])}
	 */
	public boolean publish(String subject, @Nullable String replyTo, byte[] body) {
		if (!isExpected() || !this.leaving.hasRoom(body.length)) {
			this.dropped.increment();
			return false;
		}
		try {
			this.connection.publish(subject, replyTo, body);
			return true;
		}
		catch (IllegalStateException ex) {
			this.dropped.increment();
			log.debug("A message to {} was dropped: {}", subject, ex.getMessage());
			return false;
		}
	}

	/** What is said before the node has ever joined is of no use when it does. */
	private boolean isExpected() {
		return this.events.wasConnected() || isConnected();
	}

	/**
	 * Subscribes.
	 * @param subject what to hear, may have wildcards
	 * @param handler must not block
	 * @return ends the subscription when run
	 */
	public Runnable subscribe(String subject, Consumer<Message> handler) {
		return this.subscriber.subscribe(subject, handler);
	}

	/**
	 * Subscribes to what must not be late when other messages are. There is one more
	 * thread for all of it.
	 * @param subject what to hear, may have wildcards
	 * @param handler must not block
	 * @return ends the subscription when run
	 */
	public Runnable subscribeApart(String subject, Consumer<Message> handler) {
		return this.apart.subscribe(subject, handler);
	}

	/** Counts a message, or a part of one, that came and cannot be understood. */
	public void countDropped() {
		this.dropped.increment();
	}

	/**
	 * How much could not be published, came faster than this node takes it, or could not
	 * be understood.
	 * @return messages since the start
	 */
	public long dropped() {
		return this.dropped.sum() + this.connection.getStatistics().getDroppedCount();
	}

	/**
	 * How often the connection was lost and came back.
	 * @return times since the start
	 */
	public long reconnects() {
		return this.events.reconnects();
	}

	/**
	 * The most that can be published at once.
	 * @return bytes, as the server says
	 */
	public long maxPayload() {
		long said = this.connection.getMaxPayload();
		return (said > 0) ? said : DEFAULT_MAX_PAYLOAD;
	}

	/**
	 * For those who use more of NATS.
	 * @return the connection, not to be closed
	 */
	public Connection connection() {
		return this.connection;
	}

	/** Closes behind what was published. Blocks for that. */
	@Override
	public void close() {
		this.events.inUse(false);
		try {
			if (isConnected()) {
				this.connection.flush(CLOSE_TIMEOUT);
			}
		}
		catch (TimeoutException | IllegalStateException ex) {
			log.debug("What was published last may not have left", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.leaving.close();
		try {
			this.connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
