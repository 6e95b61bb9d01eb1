package io.nanogame.cluster.peer;

import java.util.Arrays;
import java.util.concurrent.Executor;

import io.nanogame.cluster.frame.Frame;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.ConnectionLoop;

/**
 * Sends frames to one node, in the order of the {@link PublishQueue}. Thread-safe.
 */
public final class Outbox {

	/** A batch is full when it has as many bytes; a single frame may have more. */
	private static final int BATCH_BYTES = 32 * 1024;

	/** The maximum length of a frame's length. */
	private static final int LENGTH_BYTES = 5;

	/** The bits of a number that count messages. Those above are the epoch. */
	private static final int COUNT_BITS = 32;

	/** The maximum length of a number. */
	private static final int SEQUENCE_BYTES = 10;

	private static final byte[] NONE = {};

	private final PublishQueue queue;

	private final String subject;

	private final String lost;

	private final PeerTraffic traffic;

	/** The version of the messages. */
	private volatile int version;

	/** The number of the last message that the node has received. */
	private volatile long received;

	/** The number of the last message. Written by the thread that drains the queue. */
	private volatile long sequence;

	// Confined to the thread that drains the queue

	/** The message that is being filled. Kept for the next one unless it is large. */
	private byte[] batch = NONE;

	/** The length of that message; 0 if there is none. */
	private int length;

	/**
	 * Creates an outbox.
	 * @param queue the queue of this node
	 * @param subject the subject of the other node
	 * @param lost the subject on which the bus reports that the node is not subscribed
	 * @param traffic counts the messages
	 * @param epoch different for each outbox of this node, so that the receiver does not
	 * take the first numbers of a new outbox for the next ones of an earlier one
	 * @param version the version of the messages until {@link #setVersion}
	 */
	Outbox(PublishQueue queue, String subject, String lost, PeerTraffic traffic, int epoch, int version) {
		this.version = version;
		this.queue = queue;
		this.subject = subject;
		this.lost = lost;
		this.traffic = traffic;
		this.sequence = (long) epoch << COUNT_BITS;
		this.received = this.sequence;
	}

	/**
	 * Returns whether a number is that of the first message of an outbox.
	 * @param number the number of a message
	 * @return true for the first one
	 */
	static boolean isFirst(long number) {
		return (number & ((1L << COUNT_BITS) - 1)) == 1;
	}

	/**
	 * Returns the traffic to and from the node.
	 * @return counts for all nodes of that name
	 */
	public PeerTraffic traffic() {
		return this.traffic;
	}

	/** Sets the version that the node reads. Thread-safe. */
	void setVersion(int newVersion) {
		this.version = newVersion;
	}

	/** Sends the number of the last message, until the node has received it. */
	void sendCheck() {
		if (this.received != this.sequence) {
			this.queue.send(new QueuedFrame.Check(this));
		}
	}

	/** Returns how many messages the node has not confirmed. Thread-safe. */
	long unconfirmed() {
		return Math.max(0, this.sequence - this.received);
	}

	/** Called when the node has received a number. Confined to one thread. */
	void received(long number) {
		this.received = Math.max(this.received, number);
	}

	/**
	 * Sends a frame now.
	 * @param frame the frame
	 * @throws SerializationException when it is longer than a message may be
	 */
	public void send(Frame frame) {
		send(frame.toBytes());
	}

	/**
	 * Sends a frame now.
	 * @param frame the bytes of a frame that is sent to several nodes
	 * @throws SerializationException when it is longer than a message may be
	 */
	public void send(byte[] frame) {
		send(frame, 0);
	}

	/**
	 * Sends a frame whose receiver passes its content on in another frame.
	 * @param frame the frame
	 * @param reserve the number of bytes by which the other frame may be longer
	 * @throws SerializationException when one of them is longer than a message may be
	 */
	public void send(Frame frame, int reserve) {
		send(frame.toBytes(), reserve);
	}

	private void send(byte[] frame, int reserve) {
		checkLength(frame, reserve);
		this.queue.send(new QueuedFrame.ForNode(this, frame));
	}

	/**
	 * Adds a frame to the queue. It is sent with the next frame that is sent now, or by
	 * {@link Peers#flush()}.
	 * @param frame the frame
	 * @throws SerializationException when it is longer than a message may be
	 */
	public void add(Frame frame) {
		byte[] bytes = frame.toBytes();
		checkLength(bytes, 0);
		this.queue.add(new QueuedFrame.ForNode(this, bytes));
	}

	/**
	 * Sends a frame soon, in one message with other frames that are sent until then.
	 * @param frame the frame
	 * @param loop its next task sends the frame, unless the loop may block
	 * @throws SerializationException when it is longer than a message may be
	 */
	public void send(Frame frame, ConnectionLoop loop) {
		byte[] bytes = frame.toBytes();
		if (loop.waitsForClients()) {
			send(bytes);
			return;
		}
		checkLength(bytes, 0);
		this.queue.sendSoon(new QueuedFrame.ForNode(this, bytes), loop);
	}

	/**
	 * Sends a frame soon, in one message with other frames that are sent until then.
	 * @param frame the frame
	 * @param executor its next task sends the frame
	 * @throws SerializationException when it is longer than a message may be
	 */
	public void sendSoon(Frame frame, Executor executor) {
		byte[] bytes = frame.toBytes();
		checkLength(bytes, 0);
		this.queue.sendSoon(new QueuedFrame.ForNode(this, bytes), executor);
	}

	private void checkLength(byte[] frame, int reserve) {
		long max = maxBytes() - reserve;
		if (frame.length > max) {
			throw new SerializationException(
					"%d bytes for another node are more than the %d that the NATS server's max_payload leaves"
						.formatted(frame.length, max),
					null);
		}
	}

	/** The maximum length of the only frame of a message. */
	private long maxBytes() {
		return this.queue.maxPayload() - headerBytes() - LENGTH_BYTES;
	}

	/** The maximum length of a message without its frames. */
	private static int headerBytes() {
		return 1 + SEQUENCE_BYTES;
	}

	/** Adds a frame to the batch. Confined to the thread that drains the queue. */
	void append(byte[] frame) {
		int room = LENGTH_BYTES + frame.length;
		if (this.length > 0 && this.length + room > Math.min(BATCH_BYTES, this.queue.maxPayload())) {
			publish();
		}
		if (this.length == 0) {
			this.sequence = this.sequence + 1;
			begin(this.sequence);
		}
		reserve(room);
		writeBytes(frame);
	}

	/**
	 * Returns whether there is no batch. Confined to the thread that drains the queue.
	 */
	boolean isEmpty() {
		return this.length == 0;
	}

	/** Begins a message. */
	private void begin(long number) {
		reserve(headerBytes());
		this.batch[this.length++] = (byte) this.version;
		writeNumber(number);
	}

	private void reserve(int room) {
		if (this.batch.length - this.length < room) {
			this.batch = Arrays.copyOf(this.batch, Math.max(2 * this.batch.length, this.length + room));
		}
	}

	private void writeBytes(byte[] bytes) {
		writeNumber(bytes.length);
		System.arraycopy(bytes, 0, this.batch, this.length, bytes.length);
		this.length += bytes.length;
	}

	/** Writes a varint of protobuf: seven bits a byte, the lowest first. */
	private void writeNumber(long value) {
		long left = value;
		while ((left & ~0x7FL) != 0) {
			this.batch[this.length++] = (byte) (left | 0x80);
			left >>>= 7;
		}
		this.batch[this.length++] = (byte) left;
	}

	/**
	 * Publishes the number of the last message, unless there is a batch. Confined to the
	 * thread that drains the queue.
	 */
	void check() {
		if (this.length == 0) {
			begin(this.sequence);
			publish();
		}
	}

	/** Publishes the batch. Confined to the thread that drains the queue. */
	void publish() {
		if (this.length > 0) {
			byte[] message = Arrays.copyOf(this.batch, this.length);
			this.length = 0;
			if (this.batch.length > BATCH_BYTES) {
				this.batch = NONE;
			}
			this.queue.publish(this.subject, this.lost, message, this.traffic);
		}
	}

}
