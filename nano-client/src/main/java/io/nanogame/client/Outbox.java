package io.nanogame.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.RouteDictionary;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of a session that can be resumed. They wait in one queue, whether there is
 * a connection or not. The event loop of the connection takes them from it: only there
 * the order of the threads is that of the wire, so that a message has the number that the
 * server counts. What was written is kept until the server has confirmed it.
 * <p>
 * Any thread may send. All else is confined to the event loop of the connection, or to
 * one thread at a time while there is none.
 */
final class Outbox implements Output {

	private static final Logger log = LoggerFactory.getLogger(Outbox.class);

	private final Queue<Outgoing> waiting = new ConcurrentLinkedQueue<>();

	/** The size of all messages here. */
	private final AtomicLong size = new AtomicLong();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final int maxSize;

	private final Requests requests;

	private final Positions positions;

	private final Listeners listeners;

	private volatile MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);

	/** Whether messages are accepted: not between a lost session and the next one. */
	private boolean accepting;

	/** The connection that messages are written to; null while there is none. */
	private volatile @Nullable Link link;

	// Confined to the event loop

	/** The written messages without confirmation, oldest first. */
	private final Deque<Outgoing> written = new ArrayDeque<>();

	/** How many messages the server has confirmed. */
	private long confirmed;

	/** Whether written messages are kept: whether this session can be resumed. */
	private boolean keeping;

	private boolean draining;

	/**
	 * Creates the outbox of a session.
	 * @param maxSize the limit of all messages here, in bytes
	 * @param requests the session's requests
	 * @param positions determine when an acknowledgement is due
	 * @param listeners receive the notifications that cannot be encoded
	 */
	Outbox(int maxSize, Requests requests, Positions positions, Listeners listeners) {
		this.maxSize = maxSize;
		this.requests = requests;
		this.positions = positions;
		this.listeners = listeners;
	}

	// Any thread

	@Override
	public @Nullable ClientOverloadedException overload() {
		if (this.size.get() >= this.maxSize) {
			removeEndedRequests();
			if (this.size.get() >= this.maxSize) {
				return ClientOverloadedException.tooManyUnconfirmedBytes(this.maxSize);
			}
		}
		Link current = this.link;
		return (current != null) ? current.overload() : null;
	}

	/** Requests that have timed out while there was no connection need no place. */
	private void removeEndedRequests() {
		for (Outgoing message : this.waiting) {
			if (message.isRequest() && !this.requests.isPending(message.id()) && this.waiting.remove(message)) {
				release(message);
			}
		}
	}

	@Override
	public void send(MessageType type, long id, String route, byte[] body) {
		Outgoing message = new Outgoing(id, route, body, this.encoder.packetLength(type, id, route, body, true));
		synchronized (this.waiting) {
			if (!this.accepting) {
				throw new NotConnectedException(ClientState.of(Phase.LOST));
			}
			this.size.addAndGet(message.size());
			this.waiting.add(message);
		}
		schedule();
	}

	private void schedule() {
		Link current = this.link;
		if (current == null) {
			return;
		}
		EventLoop loop = current.eventLoop();
		if (loop.inEventLoop()) {
			drain();
		}
		else if (this.scheduled.compareAndSet(false, true)) {
			loop.execute(this::runScheduled);
		}
	}

	/** The session may have another connection by now, with another event loop. */
	private void runScheduled() {
		this.scheduled.set(false);
		schedule();
	}

	// The event loop

	/** Writes what waits. */
	void drain() {
		Link current = this.link;
		if (current == null || this.draining) {
			return;
		}
		this.draining = true;
		try {
			Outgoing message = next(current);
			while (message != null) {
				write(current, message);
				message = next(current);
			}
		}
		finally {
			this.draining = false;
			current.flush();
		}
	}

	/** Returns null when nothing waits, or the connection has ended. */
	private @Nullable Outgoing next(Link to) {
		return (this.link == to) ? this.waiting.poll() : null;
	}

	private void write(Link to, Outgoing message) {
		if (message.isRequest() && !this.requests.written(message.id())) {
			release(message);
			return;
		}
		byte[] packet;
		try {
			packet = message.encode(this.encoder);
		}
		catch (ProtocolException ex) {
			// Only after a lost session, if the route had a code in that one.
			log.warn("A message to {} cannot be sent in the new session", message.route(), ex);
			reject(message, ex);
			return;
		}
		if (!this.keeping) {
			release(message);
			to.write(packet);
			return;
		}
		this.written.add(message);
		to.write(packet);
		this.positions.packetSent(message.size());
		if (this.positions.isDue()) {
			to.write(this.positions.acknowledge());
		}
	}

	private void reject(Outgoing message, ProtocolException reason) {
		this.requests.fail(message.id(), reason);
		List<UndeliveredNotification> undelivered = new ArrayList<>();
		remove(message, false, undelivered);
		this.listeners.deliver(undelivered);
	}

	private void release(Outgoing message) {
		this.size.addAndGet(-message.size());
	}

	/**
	 * Forgets what the server has received.
	 * @param count the number of DATA packets of this session that it has received
	 * @throws ProtocolException if the number is impossible
	 */
	void confirm(long count) {
		if (count < this.confirmed || count - this.confirmed > this.written.size()) {
			throw new ProtocolException(ProtocolException.Reason.BAD_ACKNOWLEDGEMENT);
		}
		while (this.confirmed < count) {
			release(this.written.remove());
			this.confirmed++;
		}
	}

	/** Continues on another connection: what is not confirmed is written again, first. */
	void resume(Link to) {
		this.written.forEach((message) -> to.write(message.packet()));
		to.write(this.positions.acknowledge());
		start(to);
	}

	/**
	 * Begins a new session.
	 * @param dictionary the route codes of the session
	 * @param resumable whether the session can be resumed
	 */
	void renew(RouteDictionary dictionary, boolean resumable) {
		this.encoder = new MessageEncoder(dictionary);
		this.keeping = resumable;
		accept(true);
	}

	/** A thread may have found a session that is lost before it adds its message. */
	private void accept(boolean accepts) {
		synchronized (this.waiting) {
			this.accepting = accepts;
		}
	}

	/** Starts writing to a connection. */
	void start(Link to) {
		this.link = to;
		drain();
	}

	/** Stops writing, since the connection has ended. */
	void stop() {
		this.link = null;
	}

	/**
	 * Ends the session.
	 * @param keepUnsent whether messages that were not written remain, for the next one
	 * @return the notifications that were not confirmed
	 */
	List<UndeliveredNotification> lose(boolean keepUnsent) {
		accept(keepUnsent);
		List<UndeliveredNotification> undelivered = new ArrayList<>();
		this.written.forEach((message) -> remove(message, true, undelivered));
		this.written.clear();
		this.confirmed = 0;
		Outgoing unsent = keepUnsent ? null : this.waiting.poll();
		while (unsent != null) {
			remove(unsent, false, undelivered);
			unsent = this.waiting.poll();
		}
		return undelivered;
	}

	private void remove(Outgoing message, boolean sent, List<UndeliveredNotification> undelivered) {
		release(message);
		UndeliveredNotification notification = message.undelivered(sent);
		if (notification != null) {
			undelivered.add(notification);
		}
	}

}
