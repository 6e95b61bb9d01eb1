package io.nanogame.cluster.peer;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.MessagesReceived;
import io.nanogame.serialize.SerializationException;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames to the other nodes, and receives theirs. A message is a batch: a byte with
 * the version, a number, and the frames, each with its length. Its subject contains the
 * sender. The messages of one node for another have consecutive numbers; those for topics
 * have the number 0. Thread-safe.
 */
public final class Peers {

	private final String self;

	private final Bus bus;

	private final BusReader reader;

	private final PublishQueue queue;

	private final Subjects subjects;

	private final Inbox inbox;

	private final Outboxes outboxes = new Outboxes(this::outbox);

	private final AbsentNodes absent = new AbsentNodes();

	private final TrafficByName traffic = new TrafficByName();

	private final PeerTraffic shared = new PeerTraffic();

	private final AtomicInteger epochs = new AtomicInteger();

	private final CommonVersions versions;

	private final SelfProbe probe;

	/**
	 * Creates the connections to other nodes.
	 * @param self this node's id
	 * @param bus publishes messages
	 * @param reader receives messages
	 * @param subjects the subjects of the cluster
	 * @param codec reads frames
	 * @param versions the versions that this node supports
	 * @param time the time of this node
	 */
	public Peers(String self, Bus bus, BusReader reader, Subjects subjects, FrameCodec codec, Versions versions,
			TimeSource time) {
		this.self = self;
		this.bus = bus;
		this.reader = reader;
		this.subjects = subjects;
		this.versions = new CommonVersions(versions);
		this.queue = new PublishQueue(bus, this.shared);
		this.inbox = new Inbox(self, bus, codec, versions, this);
		this.probe = new SelfProbe(bus, subjects.own(Topics.node(self)), time);
	}

	/**
	 * Subscribes to the subject of this node.
	 * @param receiver receives every frame for this node
	 * @param lost receives the ids of nodes that are no longer subscribed
	 * @param missed receives the ids of nodes of which messages for this node are lost
	 */
	public void listen(FrameReceiver receiver, Consumer<String> lost, Consumer<String> missed) {
		this.probe.roundTrip().restart();
		this.reader.subscribe(this.subjects.all(Topics.node(this.self)), (message) -> {
			if (!this.probe.receive(message)) {
				this.inbox.receive(message, receiver, missed);
			}
		});
		this.reader.subscribe(this.subjects.own(Topics.lost(null)),
				(message) -> lost.accept(Subjects.lastNode(message.subject())));
	}

	/**
	 * Sends the number of the last message to each node that has not confirmed it, so
	 * that it notices a loss. Called once every heartbeat.
	 * @param isUp whether a node is up, by its id; others receive nothing
	 */
	public void sendChecks(Predicate<String> isUp) {
		this.outboxes.ids().stream().filter(isUp).map(this.outboxes::to).forEach(Outbox::sendCheck);
	}

	/**
	 * Returns the versions that this node and others support.
	 * @return always the same object
	 */
	public CommonVersions versions() {
		return this.versions;
	}

	/**
	 * Sets the versions that another node supports. Until then it receives the oldest one
	 * of this node.
	 * @param id the id of the node
	 * @param supported its versions, which overlap those of this node
	 */
	public void setVersions(String id, Versions supported) {
		this.versions.put(id, supported);
		to(id).setVersion(this.versions.with(id));
	}

	/** Confirms a number to a node, in a message without one. */
	void confirm(String id, long number) {
		publish(Topics.node(id), new MessagesReceived(number));
	}

	/** Sends a message to this node itself. */
	public void probe() {
		this.probe.send();
	}

	/** Calls an action when this node has received the messages that have arrived. */
	public void afterArrived(Runnable action) {
		this.probe.send(action);
	}

	/**
	 * Returns how long this node's {@link #probe} takes, until the reader of all messages
	 * for this node has read it.
	 * @return always the same object
	 */
	public RoundTrip roundTrip() {
		return this.probe.roundTrip();
	}

	/**
	 * Returns how many messages the nodes of a name have not confirmed, which they do
	 * once a heartbeat.
	 * @param nodes the traffic of the nodes
	 * @return 0 if all are gone
	 */
	public long unconfirmed(PeerTraffic nodes) {
		return this.outboxes.unconfirmed(nodes);
	}

	/**
	 * Subscribes to another topic.
	 * @param topic the topic, such as that of a group
	 * @param receiver receives every frame except those of this node
	 * @return an action that unsubscribes
	 */
	public Runnable listen(String topic, FrameReceiver receiver) {
		return this.reader.subscribe(this.subjects.all(topic),
				(message) -> this.inbox.receive(message, receiver, (from) -> {
				}));
	}

	/**
	 * Subscribes to the reports of NATS that no node is subscribed to a subject.
	 * @param subject the subject of the replies to
	 * {@link #publish(String, String, Frame)}
	 * @param handler receives the last token of the subject of each reply; must not block
	 */
	public void listenForSilence(String subject, Consumer<String> handler) {
		this.reader.subscribe(subject, (message) -> handler.accept(Subjects.lastToken(message.subject())));
	}

	/**
	 * Returns this node.
	 * @return its id
	 */
	public String self() {
		return this.self;
	}

	/**
	 * Publishes a frame to all subscribers of a topic.
	 * @param topic the topic, such as that of a group
	 * @param frame the frame
	 * @throws SerializationException when it is longer than NATS accepts
	 */
	public void publish(String topic, Frame frame) {
		publish(topic, null, frame);
	}

	/**
	 * Returns the maximum length of a published frame.
	 * @return a number of bytes
	 */
	public long maxPayload() {
		return this.bus.maxPayload();
	}

	/**
	 * Publishes a frame to all subscribers of a topic.
	 * @param topic the topic, such as that of a player
	 * @param silence the subject on which the bus replies when there is no subscriber, or
	 * null
	 * @param frame the frame
	 * @throws SerializationException when it is longer than a message may be
	 */
	public void publish(String topic, @Nullable String silence, Frame frame) {
		byte[] message = TopicMessage.of(this.versions.withAll(), frame, this.bus.maxPayload());
		this.queue.send(new QueuedFrame.ForSubject(this.subjects.own(topic), silence, message));
	}

	/** Returns whether all known nodes read a version. */
	boolean allRead(int version) {
		return this.versions.withAll() >= version;
	}

	/**
	 * Returns whether messages leave this node.
	 * @return false while they wait for a connection
	 */
	public boolean isConnected() {
		return this.bus.isConnected();
	}

	/** Sends the frames that were added to outboxes. Thread-safe. */
	public void flush() {
		this.queue.flush();
	}

	/**
	 * Returns the outbox for a node.
	 * @param id its id
	 * @return always the same object until {@link #forget}
	 */
	public Outbox to(String id) {
		return this.outboxes.to(id);
	}

	/**
	 * Forgets a node that is gone.
	 * @param id its id
	 */
	public void forget(String id) {
		this.outboxes.remove(id);
		this.versions.remove(id);
		this.inbox.forget(id);
	}

	/**
	 * Forgets the nodes that have not been up for long: late frames of a node that is
	 * gone may have created their state again. Call it once every heartbeat, by one
	 * thread.
	 * @param isUp whether a node is up
	 * @param nowNanos the time
	 * @param patienceNanos the time for the announcement of a node
	 */
	public void forgetAbsent(Predicate<String> isUp, long nowNanos, long patienceNanos) {
		this.absent.tooLong(known(), isUp, nowNanos, patienceNanos).forEach(this::forget);
	}

	/** Returns the nodes of which there is state, as a copy. */
	Set<String> known() {
		Set<String> known = new HashSet<>(this.outboxes.ids());
		known.addAll(this.inbox.senders());
		return known;
	}

	private Outbox outbox(String id) {
		return new Outbox(this.queue, this.subjects.own(Topics.node(id)), this.subjects.own(Topics.lost(id)),
				trafficOf(id), this.epochs.incrementAndGet(), this.versions.with(id));
	}

	PeerTraffic trafficOf(String id) {
		return this.traffic.of(id);
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
