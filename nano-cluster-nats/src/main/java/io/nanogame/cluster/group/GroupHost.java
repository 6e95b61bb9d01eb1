package io.nanogame.cluster.group;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.nanogame.cluster.backend.Recipients;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.EarlierOrders;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.cluster.move.SharedPushes;
import io.nanogame.cluster.peer.LongPushes;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.group.Group;
import io.nanogame.group.GroupListener.Member;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.LocalGroup;
import io.nanogame.lane.Timers;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * The parts of this node that its groups use. Thread-safe.
 */
public final class GroupHost {

	private static final long PART_LENGTH = 16 * 1024;

	private final SharedPushes pushes;

	private final Peers peers;

	private final Recipients recipients;

	private final Sessions sessions;

	private final Payloads payloads;

	private final AttributeCodec codec;

	private final PayloadForms forms;

	private final Timers timers;

	private final GroupSettings settings;

	/** The number of groups for which changes are numbered. */
	private final AtomicLong numbered = new AtomicLong();

	/**
	 * Creates a host.
	 * @param pushes the pushes of this node to several sessions
	 * @param peers the other nodes
	 * @param recipients the sessions of other nodes
	 * @param registry the sessions of this node
	 * @param timers end groups that expire, and merge windows
	 * @param settings the settings of all groups
	 */
	public GroupHost(SharedPushes pushes, Peers peers, Recipients recipients, SessionRegistry registry, Timers timers,
			GroupSettings settings) {
		this.pushes = pushes;
		this.peers = peers;
		this.recipients = recipients;
		this.sessions = registry.sessions();
		this.payloads = registry.payloads();
		this.codec = new AttributeCodec(this.payloads);
		this.forms = pushes.forms();
		this.timers = timers;
		this.settings = settings;
	}

	String self() {
		return this.peers.self();
	}

	GroupSettings settings() {
		return this.settings;
	}

	LocalGroup view(String name, Consumer<Group> onClose) {
		return new LocalGroup(name, this.payloads, this.settings, this.timers, onClose);
	}

	Lifetime lifetime(Runnable end) {
		return new Lifetime(this.timers, end);
	}

	/** Returns the window of a group for other nodes; null without merged routes. */
	@Nullable RemoteWindow window(Executor later, Consumer<OutboundMessage> publish) {
		return this.settings.merged().isEmpty() ? null
				: new RemoteWindow(this.timers.time(), later, this::maxMerged, publish);
	}

	/**
	 * Returns the maximum length of merged pushes, in bytes. Half of what NATS accepts is
	 * for the names in a frame, the rest for the push in each form.
	 */
	private int maxMerged() {
		return (int) (this.peers.maxPayload() / 2 / (1 + this.forms.used().ofOthers().size()));
	}

	/**
	 * Returns the number before the first change of own members of a new group. Higher
	 * than those of an earlier group of the same name.
	 */
	long firstNumber() {
		return this.numbered.incrementAndGet() << RemoteMembers.COUNT_BITS;
	}

	long nanoTime() {
		return this.timers.nanoTime();
	}

	// Sessions

	/** Returns whether the client of a session is connected to this node. */
	boolean isOwn(long session) {
		return this.pushes.isOwn(session);
	}

	@Nullable Session session(long id) {
		return this.sessions.find(id).orElse(null);
	}

	MemberSnapshot snapshot(Session session) {
		return new MemberSnapshot(session.id(), session.uid(), this.codec.encodeAll(session.attributes().state()),
				this.forms.name(session.payloads()));
	}

	/** Without attributes if the session is not open any more. */
	MemberSnapshot snapshot(Member member) {
		Session session = session(member.sessionId());
		if (session == null) {
			return new MemberSnapshot(member.sessionId(), member.uid(), Map.of(), "");
		}
		return new MemberSnapshot(member.sessionId(), member.uid(), this.codec.encodeAll(session.attributes().state()),
				this.forms.name(session.payloads()));
	}

	/** Returns the sessions of other nodes. */
	Recipients recipients() {
		return this.recipients;
	}

	// Pushes

	/** Returns the pushes to several sessions. */
	SharedPushes pushes() {
		return this.pushes;
	}

	OutboundMessage push(String route, Object payload) {
		return OutboundMessage.push(route, payload, this.payloads);
	}

	OutboundMessage push(MergedRoute route, Object payload) {
		return route.push(payload, this.payloads);
	}

	PayloadForms forms() {
		return this.forms;
	}

	// Frames

	void send(String node, Frame frame) {
		this.peers.to(node).send(frame);
	}

	/** Sends a push with its orders, or alone if there is no room for them. */
	void sendPush(String node, GroupPush push) {
		try {
			send(node, push);
		}
		catch (SerializationException ex) {
			send(node, push.direct(new EarlierOrders(List.of(), push.before().closed())));
		}
	}

	/** Sends a frame in one message with others that a task of the executor sends. */
	void sendSoon(String node, Frame frame, Executor executor) {
		this.peers.to(node).sendSoon(frame, executor);
	}

	/** Returns whether frames leave this node now. Otherwise they are late. */
	boolean isConnected() {
		return this.peers.isConnected();
	}

	/** Returns whether a node that is up confirms the orders about groups as a whole. */
	boolean confirmsGroupOrders(String node) {
		return this.peers.versions().with(node) >= Versions.GROUP_ORDERS;
	}

	/** Returns the length of frames that contain parts of a long list, in bytes. */
	long partLength() {
		return Math.min(PART_LENGTH, this.peers.maxPayload() / 2);
	}

	void publishPush(String group, Frame frame) {
		this.peers.publish(Topics.group(group), frame);
	}

	/**
	 * Publishes a push for the nodes with members.
	 * @return the frames that were published: more than one if it is too long for one
	 * @throws SerializationException when a form of it is too long
	 */
	List<GroupPush> publishPush(GroupPush push) {
		return LongPushes.publish(this.peers, Topics.group(push.group()), push);
	}

	/** Publishes a frame for the nodes that use the group, and those with members. */
	void publishToAll(String group, Frame frame) {
		publishPush(group, frame);
		publishPresence(group, frame);
	}

	void publishPresence(String group, Frame frame) {
		this.peers.publish(Topics.presence(group), frame);
	}

	Runnable listenToPushes(String group, FrameReceiver receiver) {
		return this.peers.listen(Topics.group(group), receiver);
	}

	Runnable listenToPresence(String group, FrameReceiver receiver) {
		return this.peers.listen(Topics.presence(group), receiver);
	}

}
