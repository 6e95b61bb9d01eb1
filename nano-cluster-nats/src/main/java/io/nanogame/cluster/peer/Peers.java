package io.nanogame.cluster.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.wire.FrameException;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameReader;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.serialize.SerializationException;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sends frames to the other nodes, and receives theirs. What is published to a node is a
 * batch: a byte with the version, the sender's id, and the frames, each with its length.
 * Thread-safe.
 */
public final class Peers {

	/** The version that is written, and the newest one that is read. */
	public static final int VERSION = 2;

	/** The oldest version that is read. */
	public static final int OLDEST_VERSION = 2;

	/** The message that a node sends to itself to check that it receives messages. */
	private static final byte[] PROBE = {};

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(Peers.class));

	private final String self;

	private final Bus bus;

	private final BusReader busReader;

	private final PublishQueue queue;

	private final Subjects subjects;

	private final FrameReader reader;

	private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();

	/** By the name of nodes, of which there are few even if nodes restart often. */
	private final Map<String, PeerTraffic> traffic = new ConcurrentHashMap<>();

	private final PeerTraffic shared = new PeerTraffic();

	/** Unsupported versions, which are logged once. */
	private final Set<Byte> foreignVersions = ConcurrentHashMap.newKeySet();

	private final TimeSource time;

	private volatile long probedNanos;

	/**
	 * Creates the connections to other nodes.
	 * @param self this node's id
	 * @param bus publishes messages
	 * @param busReader receives messages
	 * @param subjects the subjects of the cluster
	 * @param reader reads frames
	 * @param time the time of this node
	 */
	public Peers(String self, Bus bus, BusReader busReader, Subjects subjects, FrameReader reader, TimeSource time) {
		this.self = self;
		this.bus = bus;
		this.busReader = busReader;
		this.subjects = subjects;
		this.reader = reader;
		this.time = time;
		this.queue = new PublishQueue(bus, this.shared);
		this.probedNanos = time.nanoTime();
	}

	/**
	 * Subscribes to the subject of this node.
	 * @param handler receives every frame for this node
	 * @param lost receives the ids of nodes that are no longer subscribed
	 */
	public void listen(FrameHandler handler, Consumer<String> lost) {
		this.probedNanos = this.time.nanoTime();
		this.busReader.subscribe(this.subjects.node(this.self), (message) -> {
			if (message.body().length == 0) {
				this.probedNanos = this.time.nanoTime();
			}
			else {
				receive(message, handler);
			}
		});
		this.busReader.subscribe(this.subjects.allLost(this.self),
				(message) -> lost.accept(Subjects.lastToken(message.subject())));
	}

	/** Sends a message to this node itself. */
	public void probe() {
		this.bus.publish(this.subjects.node(this.self), PROBE);
	}

	/**
	 * Returns whether this node has recently received its own {@link #probe}.
	 * @param time the maximum age
	 * @return false when it is not subscribed, or receives messages later than that
	 */
	public boolean heardThisNode(Duration time) {
		return this.time.nanoTime() - this.probedNanos <= time.toNanos();
	}

	/**
	 * Subscribes to another subject.
	 * @param subject the subject, such as that of a group
	 * @param handler receives every frame except those of this node
	 * @return an action that unsubscribes
	 */
	public Runnable listen(String subject, FrameHandler handler) {
		return this.busReader.subscribe(subject, (message) -> receive(message, handler));
	}

	/**
	 * Subscribes to the reports of NATS that no node is subscribed to a subject.
	 * @param subject the subject of the replies to
	 * {@link #publish(String, String, byte[])}
	 * @param handler receives the last token of the subject of each reply; must not block
	 */
	public void listenForSilence(String subject, Consumer<String> handler) {
		this.busReader.subscribe(subject, (message) -> handler.accept(Subjects.lastToken(message.subject())));
	}

	/**
	 * Returns this node.
	 * @return its id
	 */
	public String self() {
		return this.self;
	}

	/**
	 * Publishes a frame to all subscribers of a subject.
	 * @param subject the subject, such as that of a group
	 * @param frame a frame of a {@link FrameWriter}
	 * @throws SerializationException when it is longer than NATS accepts
	 */
	public void publish(String subject, byte[] frame) {
		publish(subject, null, frame);
	}

	/**
	 * Returns the maximum length of a published frame.
	 * @return a number of bytes, which includes the id of this node
	 */
	public long maxPayload() {
		return this.bus.maxPayload();
	}

	/**
	 * Publishes a frame to all subscribers of a subject.
	 * @param subject the subject, such as that of a player
	 * @param silence the subject on which the bus replies when there is no subscriber, or
	 * null
	 * @param frame a frame of a {@link FrameWriter}
	 * @throws SerializationException when it is longer than a message may be
	 */
	public void publish(String subject, @Nullable String silence, byte[] frame) {
		byte[] room = new byte[frame.length + this.self.length() * 3 + 16];
		if (room.length > this.bus.maxPayload()) {
			throw new SerializationException(
					"%d bytes for other nodes are more than the NATS server's max_payload allows"
						.formatted(frame.length),
					null);
		}
		CodedOutputStream out = CodedOutputStream.newInstance(room);
		try {
			out.write((byte) VERSION);
			out.writeStringNoTag(this.self);
			out.writeByteArrayNoTag(frame);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.queue.send(new QueuedFrame.ForSubject(subject, silence, Arrays.copyOf(room, out.getTotalBytesWritten())));
	}

	private void receive(BusMessage message, FrameHandler handler) {
		CodedInputStream in = CodedInputStream.newInstance(message.body());
		try {
			byte version = in.readRawByte();
			if (version < OLDEST_VERSION || version > VERSION) {
				if (this.foreignVersions.add(version)) {
					this.log.warn(
							"Messages of nodes that use version {} of the cluster's format are dropped, this one uses {}",
							version, VERSION);
				}
				return;
			}
			String from = in.readString();
			if (from.equals(this.self)) {
				return;
			}
			if (!Subjects.isNode(from)) {
				throw new IOException("Its sender is no node");
			}
			to(from).traffic().received(message.body().length);
			while (!in.isAtEnd()) {
				int end = in.pushLimit(in.readUInt32());
				read(from, in, handler);
				in.skipRawBytes(in.getBytesUntilLimit());
				in.popLimit(end);
			}
		}
		catch (IOException ex) {
			this.bus.countDropped();
			this.log.warn("A message of the cluster was not understood: {}", ex.getMessage());
		}
	}

	/** A frame that fails does not affect later ones. */
	private void read(String from, CodedInputStream in, FrameHandler handler) {
		try {
			this.reader.read(from, in, handler);
		}
		catch (FrameException ex) {
			this.bus.countDropped();
			this.log.warn("A frame of node {} was not understood: {}", from, ex.getMessage());
		}
		catch (Throwable ex) {
			this.bus.countDropped();
			this.log.error("A frame of node {} could not be handled", ex, from);
		}
	}

	/**
	 * Returns the outbox for a node.
	 * @param id its id
	 * @return always the same object until {@link #forget}
	 */
	public Outbox to(String id) {
		Outbox known = this.outboxes.get(id);
		return (known != null) ? known : this.outboxes.computeIfAbsent(id, this::outbox);
	}

	/**
	 * Drops the outbox of a dead node.
	 * @param id its id
	 */
	public void forget(String id) {
		this.outboxes.remove(id);
	}

	private Outbox outbox(String id) {
		return new Outbox(this.queue, this.subjects.node(id), this.subjects.lost(this.self, id),
				this.self.getBytes(StandardCharsets.UTF_8),
				this.traffic.computeIfAbsent(name(id), (name) -> new PeerTraffic()));
	}

	/** An id consists of the name of the node and a number. */
	private static String name(String id) {
		return id.substring(0, Math.max(0, id.lastIndexOf('-')));
	}

	/**
	 * Returns the traffic that is published to all subscribers: pushes to groups and
	 * players.
	 * @return counts sent messages only
	 */
	public PeerTraffic sharedTraffic() {
		return this.shared;
	}

}
