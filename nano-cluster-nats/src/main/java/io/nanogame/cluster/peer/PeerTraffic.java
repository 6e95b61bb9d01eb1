package io.nanogame.cluster.peer;

import java.util.concurrent.atomic.LongAdder;

/**
 * What went to and came from the nodes of one name. Any thread.
 */
public final class PeerTraffic {

	private final LongAdder messagesSent = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final LongAdder messagesReceived = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private volatile ForwardObserver observer = (outcome, nanos) -> {
	};

	PeerTraffic() {
	}

	void sent(int bytes) {
		this.messagesSent.increment();
		this.bytesSent.add(bytes);
	}

	void received(int bytes) {
		this.messagesReceived.increment();
		this.bytesReceived.add(bytes);
	}

	/**
	 * A request that was forwarded there is over.
	 * @param outcome how it ended
	 * @param nanos how long it took, in nanoseconds
	 */
	public void forwarded(ForwardOutcome outcome, long nanos) {
		this.observer.forwarded(outcome, nanos);
	}

	/**
	 * Sets who is told of forwarded requests.
	 * @param other instead of the one before
	 */
	public void observe(ForwardObserver other) {
		this.observer = other;
	}

	/**
	 * What was sent.
	 * @return NATS messages since the start; each may hold several frames
	 */
	public long messagesSent() {
		return this.messagesSent.sum();
	}

	public long bytesSent() {
		return this.bytesSent.sum();
	}

	public long messagesReceived() {
		return this.messagesReceived.sum();
	}

	public long bytesReceived() {
		return this.bytesReceived.sum();
	}

}
