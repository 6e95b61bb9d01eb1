package io.nanogame.cluster.group;

import io.nanogame.session.WrittenPush;
import io.nanogame.cluster.frame.HandoverFrame.PassedOn;
import io.nanogame.cluster.move.Moves;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.EarlierOrders;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.MemberSnapshot;
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
 * The parts of this node that its groups use: sessions, and the subjects of groups.
 * Thread-safe.
 */
public final class GroupHost {

	private static final long PART_LENGTH = 16 * 1024;

	private final LongPredicate own;

	private final Moves moves;

	private final Peers peers;

	private final Subjects subjects;

	private final Backend backend;

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
	 * @param own recognises sessions of this node by their ids
	 * @param peers the other nodes
	 * @param subjects the subjects of the cluster
	 * @param backend has the sessions of other nodes
	 * @param registry the sessions of this node
	 * @param timers end groups that expire, and merge windows
	 * @param settings the settings of all groups
	 */
	public GroupHost(LongPredicate own, Moves moves, Peers peers, Subjects subjects, Backend backend, SessionRegistry registry,
			Timers timers, GroupSettings settings) {
		this.own = own;
		this.moves = moves;
		this.peers = peers;
		this.subjects = subjects;
		this.backend = backend;
		this.sessions = registry.sessions();
		this.payloads = registry.payloads();
		this.codec = new AttributeCodec(this.payloads);
		this.forms = backend.forms();
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
		return this.own.test(session);
	}

	@Nullable Session session(long id) {
		return this.sessions.find(id).orElse(null);
	}

	Session recipient(String gateway, MemberSnapshot member) {
		return this.backend.recipient(gateway, member);
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

	/** Returns whether a session has moved from this node to another one. */
	boolean hasLeft(long session) {
		return this.moves.hasLeft(session);
	}

	/** Returns whether pushes of a node are passed on to a session. */
	boolean passesOn(long session, String node) {
		return this.moves.nextOf(session, node) != null;
	}

	/** The client of a member without a copy of its state is connected to another node. */
	void movedRecipient(Session session, String former, String to) {
		this.backend.movedRecipient(session, former, to);
	}

	// Pushes

	/** Receives a push of another node. */
	void hear(String from, long number) {
		this.moves.hear(from, number);
	}

	/** Returns the number of the next push for several sessions. */
	long nextPush() {
		return this.moves.nextPush();
	}

	/** Delivers a push of a node to a session that moves. */
	void deliver(String from, long number, Session session, WrittenPush push) {
		long id = session.id();
		if (isOwn(id)) {
			this.moves.deliver(from, number, id, () -> push.send(session));
			return;
		}
		String next = this.moves.nextOf(id, from);
		OutboundMessage written = push.with(session.payloads());
		if (next != null && written != null) {
			send(next, new PassedOn(id, from, number, written.route(), written.body(),
					this.forms.name(session.payloads())));
		}
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
		return this.peers.version(node) >= Versions.GROUP_ORDERS;
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
