package io.nanogame.cluster.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.ConnectionLoop;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * The way to a node. Frames go out in the order they came, several in one message when
 * they come faster than they leave. Any thread; no locks.
 */
public final class Outbox {

	/** A batch is closed when it has as many bytes; one frame alone may have more. */
	private static final int BATCH_BYTES = 32 * 1024;

	/** Room for a frame's length. */
	private static final int LENGTH_BYTES = 5;

	private final NatsLink link;

	private final String subject;

	private final String lost;

	private final byte[] self;

	private final PeerTraffic traffic;

	private final Queue<byte[]> frames = new MpscUnboundedAtomicArrayQueue<>(64);

	/** Frames that wait; who lifts it from 0 sends. */
	private final AtomicInteger waiting = new AtomicInteger();

	/** A frame that did not fit into the batch before. The sender's own. */
	private byte[] next = new byte[0];

	Outbox(NatsLink link, String subject, String lost, byte[] self, PeerTraffic traffic) {
		this.link = link;
		this.subject = subject;
		this.lost = lost;
		this.self = self;
		this.traffic = traffic;
	}

	/**
	 * What goes there and comes from there.
	 * @return counts for all nodes of that name
	 */
	public PeerTraffic traffic() {
		return this.traffic;
	}

	/**
	 * Sends a frame now, and those that other threads add meanwhile.
	 * @param frame the frame
	 * @throws SerializationException when it is longer than NATS accepts
	 */
	public void send(Frame frame) {
		send(frame.toBytes());
	}

	/**
	 * Sends a frame now, and those that other threads add meanwhile.
	 * @param frame the bytes of a frame that is sent to several nodes
	 * @throws SerializationException when it is longer than NATS accepts
	 */
	public void send(byte[] frame) {
		if (add(frame)) {
			drain();
		}
	}

	/**
	 * Sends a frame soon, together with those that come until then.
	 * @param frame the frame
	 * @param loop whose next task sends, unless that may wait for a client
	 * @throws SerializationException when it is longer than NATS takes
	 */
	public void send(Frame frame, ConnectionLoop loop) {
		if (!add(frame.toBytes())) {
			return;
		}
		if (loop.waitsForClients()) {
			drain();
		}
		else {
			loop.execute(this::drain);
		}
	}

	private boolean add(byte[] frame) {
		long most = mostBytes();
		if (frame.length > most) {
			throw new SerializationException(
					"%d bytes for another node are more than the %d that the NATS server's max_payload leaves"
						.formatted(frame.length, most),
					null);
		}
		boolean first = this.waiting.getAndIncrement() == 0;
		this.frames.add(frame);
		return first;
	}

	/** What NATS takes, without what stands ahead of frames and their lengths. */
	private long mostBytes() {
		return this.link.maxPayload() - this.self.length - LENGTH_BYTES - 2;
	}

	private void drain() {
		int sent;
		do {
			sent = sendBatch();
		}
		while (this.waiting.addAndGet(-sent) > 0);
	}

	/** Returns how many frames were sent, at least one. */
	private int sendBatch() {
		byte[] first = take();
		byte[] room = new byte[1 + LENGTH_BYTES + this.self.length
				+ Math.max(LENGTH_BYTES + first.length, (this.waiting.get() > 1) ? batchBytes() : 0)];
		CodedOutputStream out = CodedOutputStream.newInstance(room);
		int count = 1;
		try {
			out.write((byte) Peers.VERSION);
			out.writeByteArrayNoTag(this.self);
			out.writeByteArrayNoTag(first);
			while (count < this.waiting.get()) {
				byte[] frame = take();
				if (out.spaceLeft() < frame.length + LENGTH_BYTES) {
					this.next = frame;
					break;
				}
				out.writeByteArrayNoTag(frame);
				count++;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (this.link.publish(this.subject, this.lost, Arrays.copyOf(room, out.getTotalBytesWritten()))) {
			this.traffic.sent(out.getTotalBytesWritten());
		}
		return count;
	}

	private int batchBytes() {
		return (int) Math.min(BATCH_BYTES, mostBytes());
	}

	/**
	 * The number is raised before the frame is in the queue, so it may be a moment late.
	 */
	private byte[] take() {
		byte[] frame = this.next;
		if (frame.length > 0) {
			this.next = new byte[0];
			return frame;
		}
		while ((frame = this.frames.poll()) == null) {
			Thread.onSpinWait();
		}
		return frame;
	}

}
