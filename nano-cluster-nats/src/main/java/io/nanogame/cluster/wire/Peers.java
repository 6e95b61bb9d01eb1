package io.nanogame.cluster.wire;

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
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.FrameException;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.serialize.SerializationException;
import io.nats.client.Message;
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

	private final NatsLink link;

	private final Subjects subjects;

	private final FrameCodec codec;

	private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();

	/** By the name of nodes, of which there are few even if nodes restart often. */
	private final Map<String, PeerTraffic> traffic = new ConcurrentHashMap<>();

	private final PeerTraffic shared = new PeerTraffic();

	/** Unsupported versions, which are logged once. */
	private final Set<Byte> foreignVersions = ConcurrentHashMap.newKeySet();

	private volatile long probedNanos = System.nanoTime();

	/**
	 * Creates the connections to other nodes.
	 * @param self this node's id
	 * @param link the connection to NATS
	 * @param subjects the subjects of the cluster
	 * @param codec reads frames
	 */
	public Peers(String self, NatsLink link, Subjects subjects, FrameCodec codec) {
		this.self = self;
		this.link = link;
		this.subjects = subjects;
		this.codec = codec;
	}

	/**
	 * Subscribes to the subject of this node.
	 * @param receiver receives every frame for this node
	 * @param lost receives the ids of nodes that are no longer subscribed
	 */
	public void listen(FrameReceiver receiver, Consumer<String> lost) {
		this.probedNanos = System.nanoTime();
		this.link.subscribe(this.subjects.node(this.self), (message) -> {
			if (message.getData().length == 0) {
				this.probedNanos = System.nanoTime();
			}
			else {
				receive(message, receiver);
			}
		});
		this.link.subscribe(this.subjects.allLost(this.self),
				(message) -> lost.accept(Subjects.lastToken(message.getSubject())));
	}

	/** Sends a message to this node itself. */
	public void probe() {
		this.link.publish(this.subjects.node(this.self), PROBE);
	}

	/**
	 * Returns whether this node has recently received its own {@link #probe}.
	 * @param time the maximum age
	 * @return false when it is not subscribed, or receives messages later than that
	 */
	public boolean heardThisNode(Duration time) {
		return System.nanoTime() - this.probedNanos <= time.toNanos();
	}

	/**
	 * Subscribes to another subject.
	 * @param subject the subject, such as that of a group
	 * @param receiver receives every frame except those of this node
	 * @return an action that unsubscribes
	 */
	public Runnable listen(String subject, FrameReceiver receiver) {
		return this.link.subscribe(subject, (message) -> receive(message, receiver));
	}

	/**
	 * Subscribes to the reports of NATS that no node is subscribed to a subject.
	 * @param subject the subject of the replies to
	 * {@link #publish(String, String, Frame)}
	 * @param handler receives the last token of the subject of each reply; must not block
	 */
	public void listenForSilence(String subject, Consumer<String> handler) {
		this.link.subscribe(subject, (message) -> handler.accept(Subjects.lastToken(message.getSubject())));
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
	 * @param frame the frame
	 * @throws SerializationException when it is longer than NATS accepts
	 */
	public void publish(String subject, Frame frame) {
		publish(subject, null, frame);
	}

	/**
	 * Returns the maximum length of a published frame.
	 * @return a number of bytes, which includes the id of this node
	 */
	public long maxPayload() {
		return this.link.maxPayload();
	}

	/**
	 * Publishes a frame to all subscribers of a subject.
	 * @param subject the subject, such as that of a player
	 * @param silence the subject on which NATS replies when there is no subscriber, or
	 * null
	 * @param frame the frame
	 * @throws SerializationException when it is longer than NATS accepts
	 */
	public void publish(String subject, @Nullable String silence, Frame frame) {
		byte[] bytes = frame.toBytes();
		byte[] room = new byte[bytes.length + this.self.length() * 3 + 16];
		if (room.length > this.link.maxPayload()) {
			throw new SerializationException(
					"%d bytes for other nodes are more than the NATS server's max_payload allows"
						.formatted(bytes.length),
					null);
		}
		CodedOutputStream out = CodedOutputStream.newInstance(room);
		try {
			out.write((byte) VERSION);
			out.writeStringNoTag(this.self);
			out.writeByteArrayNoTag(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (this.link.publish(subject, silence, Arrays.copyOf(room, out.getTotalBytesWritten()))) {
			this.shared.sent(out.getTotalBytesWritten());
		}
	}

	private void receive(Message message, FrameReceiver receiver) {
		CodedInputStream in = CodedInputStream.newInstance(message.getData());
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
			to(from).traffic().received(message.getData().length);
			while (!in.isAtEnd()) {
				int end = in.pushLimit(in.readUInt32());
				read(from, in, receiver);
				in.skipRawBytes(in.getBytesUntilLimit());
				in.popLimit(end);
			}
		}
		catch (IOException ex) {
			this.link.countDropped();
			this.log.warn("A message of the cluster was not understood: {}", ex.getMessage());
		}
	}

	/** A frame that fails does not affect later ones. */
	private void read(String from, CodedInputStream in, FrameReceiver receiver) {
		try {
			Frame frame = this.codec.read(in);
			if (frame != null) {
				receiver.receive(from, frame);
			}
		}
		catch (FrameException ex) {
			this.link.countDropped();
			this.log.warn("A frame of node {} was not understood: {}", from, ex.getMessage());
		}
		catch (Throwable ex) {
			this.link.countDropped();
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
		return new Outbox(this.link, this.subjects.node(id), this.subjects.lost(this.self, id),
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
