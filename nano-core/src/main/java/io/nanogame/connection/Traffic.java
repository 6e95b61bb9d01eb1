package io.nanogame.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;

/**
 * Counts connections, messages and bytes since the server was created. Thread-safe,
 * except for methods that are confined to the loop.
 */
public final class Traffic {

	/** The code under which the close reasons of the game are counted. */
	public static final String OTHER = "other";

	/** The counts of the loops that carry many connections. */
	private final List<LoopCounts> loops = new CopyOnWriteArrayList<>();

	/** Counts the received messages of the other loops, by type. */
	private final LongAdder[] received = adders();

	private final LongAdder[] sent = adders();

	private final LongAdder pushesDropped = new LongAdder();

	private final LongAdder pushesCoalesced = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final LongAdder bytesInflated = new LongAdder();

	private final Map<String, LongAdder> connections = new ConcurrentHashMap<>();

	/** The counts by code; the map does not change. */
	private final Map<String, LongAdder> closed = new HashMap<>();

	public Traffic() {
		CloseReason.codes().forEach((code) -> this.closed.put(code, new LongAdder()));
		this.closed.put(OTHER, new LongAdder());
	}

	private static LongAdder[] adders() {
		LongAdder[] adders = new LongAdder[MessageType.values().length];
		for (int i = 0; i < adders.length; i++) {
			adders[i] = new LongAdder();
		}
		return adders;
	}

	/**
	 * Returns the number of received messages.
	 * @param type their type
	 * @return a number
	 */
	public long received(MessageType type) {
		return this.received[type.ordinal()].sum() + sum((loop) -> loop.receivedOf(type));
	}

	/**
	 * Returns the number of sent messages; each client of a broadcast counts.
	 * @param type their type
	 * @return a number
	 */
	public long sent(MessageType type) {
		return this.sent[type.ordinal()].sum() + sum((loop) -> loop.sentOf(type));
	}

	private long sum(ToLongFunction<LoopCounts> count) {
		return this.loops.stream().mapToLong(count).sum();
	}

	/**
	 * Returns the number of pushes that were dropped because their client does not read.
	 * @return a number
	 */
	public long pushesDropped() {
		return this.pushesDropped.sum();
	}

	/**
	 * Returns the number of pushes that a newer one replaced while their client did not
	 * read.
	 * @return a number
	 */
	public long pushesCoalesced() {
		return this.pushesCoalesced.sum();
	}

	/**
	 * Returns the number of bytes read from sockets, without TLS.
	 * @return a number
	 */
	public long bytesReceived() {
		return this.bytesReceived.sum();
	}

	/**
	 * Returns the number of bytes written to sockets, without TLS.
	 * @return a number
	 */
	public long bytesSent() {
		return this.bytesSent.sum();
	}

	/**
	 * Returns the length of all bodies that were inflated, after inflation.
	 * @return a number of bytes
	 */
	public long bytesInflated() {
		return this.bytesInflated.sum();
	}

	/**
	 * Returns the number of open connections of a transport.
	 * @param transport {@code tcp}, {@code websocket} or {@code servlet}
	 * @return a number
	 */
	public long connections(String transport) {
		LongAdder open = this.connections.get(transport);
		return (open != null) ? open.sum() : 0;
	}

	/**
	 * Returns the transports of all connections until now.
	 * @return their names
	 */
	public Set<String> transports() {
		return Set.copyOf(this.connections.keySet());
	}

	/**
	 * Returns the number of open connections.
	 * @return a number
	 */
	public long openConnections() {
		return this.connections.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Returns the number of connections that have ended for a reason.
	 * @param code one of {@link CloseReason#codes()}, or {@link #OTHER}
	 * @return a number
	 */
	public long closed(String code) {
		LongAdder count = this.closed.get(code);
		return (count != null) ? count.sum() : 0;
	}

	void closed(CloseReason reason) {
		LongAdder count = this.closed.get(reason.code());
		((count != null) ? count : this.closed.get(OTHER)).increment();
	}

	void pushDropped() {
		this.pushesDropped.increment();
	}

	void pushCoalesced() {
		this.pushesCoalesced.increment();
	}

	void bytesInflated(int count) {
		this.bytesInflated.add(count);
	}

	/**
	 * Creates the counts of a loop that lives as long as the server.
	 * @return counts that only that loop may change
	 */
	public LoopCounts addLoop() {
		LoopCounts counts = new LoopCounts();
		this.loops.add(counts);
		return counts;
	}

	/** Confined to the loop. */
	void messageReceived(OutputLoop loop, MessageType type) {
		LoopCounts counts = loop.counts();
		if (counts != null) {
			counts.received(type);
		}
		else {
			this.received[type.ordinal()].increment();
		}
	}

	/** Confined to the loop. */
	void messageSent(OutputLoop loop, MessageType type) {
		LoopCounts counts = loop.counts();
		if (counts != null) {
			counts.sent(type);
		}
		else {
			this.sent[type.ordinal()].increment();
		}
	}

	/**
	 * Counts bytes that a {@link Wire} has read.
	 * @param count the number of bytes
	 */
	public void bytesReceived(int count) {
		this.bytesReceived.add(count);
	}

	/**
	 * Counts bytes that a {@link Wire} has written.
	 * @param count the number of bytes
	 */
	public void bytesSent(int count) {
		this.bytesSent.add(count);
	}

	/**
	 * Counts a {@link Wire} that was opened.
	 * @param transport its transport
	 */
	public void connected(String transport) {
		this.connections.computeIfAbsent(transport, (name) -> new LongAdder()).increment();
	}

	/**
	 * Counts a {@link Wire} that was closed.
	 * @param transport its transport
	 */
	public void disconnected(String transport) {
		this.connections.computeIfAbsent(transport, (name) -> new LongAdder()).decrement();
	}

}
