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
 * What went in and out since the server was made. Any thread.
 */
public final class Traffic {

	/** What endings are counted as that the game has named itself. */
	public static final String OTHER = "other";

	/** Of the loops that carry many connections. */
	private final List<LoopCounts> loops = new CopyOnWriteArrayList<>();

	/** Of the other loops. */
	private final LongAdder[] received = adders();

	private final LongAdder[] sent = adders();

	private final LongAdder pushesDropped = new LongAdder();

	private final LongAdder pushesCoalesced = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final LongAdder bytesInflated = new LongAdder();

	private final Map<String, LongAdder> connections = new ConcurrentHashMap<>();

	/** By code; does not change. */
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
	 * Messages that came in.
	 * @param type their type
	 * @return how many
	 */
	public long received(MessageType type) {
		return this.received[type.ordinal()].sum() + sum((loop) -> loop.receivedOf(type));
	}

	/**
	 * Messages that went out, each client of a broadcast counted.
	 * @param type their type
	 * @return how many
	 */
	public long sent(MessageType type) {
		return this.sent[type.ordinal()].sum() + sum((loop) -> loop.sentOf(type));
	}

	private long sum(ToLongFunction<LoopCounts> count) {
		return this.loops.stream().mapToLong(count).sum();
	}

	/**
	 * Pushes that were dropped because their client does not read.
	 * @return how many
	 */
	public long pushesDropped() {
		return this.pushesDropped.sum();
	}

	/**
	 * Pushes that a newer one replaced while their client did not read.
	 * @return how many
	 */
	public long pushesCoalesced() {
		return this.pushesCoalesced.sum();
	}

	/**
	 * Bytes read from sockets, without TLS.
	 * @return how many
	 */
	public long bytesReceived() {
		return this.bytesReceived.sum();
	}

	/**
	 * Bytes written to sockets, without TLS.
	 * @return how many
	 */
	public long bytesSent() {
		return this.bytesSent.sum();
	}

	/**
	 * Bytes that compressed bodies have become.
	 * @return how many
	 */
	public long bytesInflated() {
		return this.bytesInflated.sum();
	}

	/**
	 * Connections that are open now.
	 * @param transport {@code tcp}, {@code websocket} or {@code servlet}
	 * @return how many
	 */
	public long connections(String transport) {
		LongAdder open = this.connections.get(transport);
		return (open != null) ? open.sum() : 0;
	}

	/**
	 * The transports that clients have come by.
	 * @return their names
	 */
	public Set<String> transports() {
		return Set.copyOf(this.connections.keySet());
	}

	/**
	 * Connections that are open now, of any transport.
	 * @return how many
	 */
	public long openConnections() {
		return this.connections.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Connections that have ended.
	 * @param code why: one of {@link CloseReason#codes()}, or {@link #OTHER}
	 * @return how many
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

	/** On the loop. */
	void messageReceived(OutputLoop loop, MessageType type) {
		LoopCounts counts = loop.counts();
		if (counts != null) {
			counts.received(type);
		}
		else {
			this.received[type.ordinal()].increment();
		}
	}

	/** On the loop. */
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
	 * Counts what a {@link Wire} has read.
	 * @param count bytes
	 */
	public void bytesReceived(int count) {
		this.bytesReceived.add(count);
	}

	/**
	 * Counts what a {@link Wire} has written.
	 * @param count bytes
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
