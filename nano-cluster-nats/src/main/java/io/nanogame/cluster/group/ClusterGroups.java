package io.nanogame.cluster.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.Seated;
import io.nanogame.cluster.wire.SerializerCheck;
import io.nanogame.group.Group;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.LocalGroup;
import io.nanogame.lane.Timers;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the cluster that this node has to do with: those its game uses, and those
 * its clients are members of because another node said so.
 */
public final class ClusterGroups implements FrameHandler, NodeListener {

	private final Map<String, ClusterGroup> byName = new ConcurrentHashMap<>();

	private final String self;

	private final LongPredicate own;

	private final Peers peers;

	private final Subjects subjects;

	private final FrameWriter writer;

	private final Backend backend;

	private final Sessions sessions;

	private final Payloads payloads;

	private final SerializerCheck serializers;

	private final Timers timers;

	private final GroupSettings settings;

	private final Executor later;

	/**
	 * No groups yet.
	 * @param self the id of this node
	 * @param own tells sessions of this node by their ids
	 * @param peers the other nodes
	 * @param subjects of the cluster
	 * @param writer writes frames
	 * @param backend knows the sessions of other nodes
	 * @param sessions of this node
	 * @param payloads of this node
	 * @param timers end groups that expire, and merge windows
	 * @param settings the settings of all groups
	 * @param later for what cannot be done on the spot
	 */
	public ClusterGroups(String self, LongPredicate own, Peers peers, Subjects subjects, FrameWriter writer,
			Backend backend, Sessions sessions, Payloads payloads, Timers timers, GroupSettings settings,
			Executor later) {
		this.self = self;
		this.own = own;
		this.peers = peers;
		this.subjects = subjects;
		this.writer = writer;
		this.backend = backend;
		this.sessions = sessions;
		this.payloads = payloads;
		this.serializers = new SerializerCheck(payloads);
		this.timers = timers;
		this.settings = settings;
		this.later = later;
	}

	/**
	 * The game of this node uses a group.
	 * @param name its name
	 * @param onClose called once, when it is closed on whichever node
	 * @return the group
	 */
	public Group open(String name, Consumer<Group> onClose) {
		// Within, or the group might be given up as unused in between.
		return this.byName.compute(name, (key, present) -> {
			ClusterGroup group = (present != null && !present.isClosed()) ? present : new ClusterGroup(this, key);
			group.open(onClose);
			return group;
		});
	}

	/**
	 * Returns the settings of all groups.
	 * @return the limit of members, and the merged routes
	 */
	public GroupSettings settings() {
		return this.settings;
	}

	public int count() {
		return this.byName.size();
	}

	/**
	 * The members of a group, as far as this node knows them: its own clients always.
	 * @param name the group's name
	 * @return those of this moment; none when this node has nothing to do with the group
	 */
	public Collection<Session> members(String name) {
		ClusterGroup group = this.byName.get(name);
		return (group != null) ? group.members() : List.of();
	}

	/** What was lost is said again, and asked for. */
	public void reconnected() {
		this.byName.values().forEach(ClusterGroup::reconnected);
	}

	/** Sends the merged pushes of all groups, because this node stops. */
	public void endWindows() {
		this.byName.values().forEach(ClusterGroup::endWindow);
	}

	@Override
	public void member(long id, String name, boolean joins) {
		Session session = this.sessions.find(id).orElse(null);
		if (session == null) {
			publishPresence(name, this.writer.left(name, id));
			return;
		}
		// Within, or the group might be given up as unused in between.
		this.byName.compute(name, (key, present) -> {
			ClusterGroup group = (present != null && !present.isClosed()) ? present : new ClusterGroup(this, key);
			group.order(session, joins);
			return group;
		});
	}

	@Override
	public void groupPush(String from, String name, String route, byte[] body, Set<String> except) {
		ClusterGroup group = find(name);
		if (group != null) {
			group.groupPush(from, name, route, body, except);
		}
	}

	/** Within, or a member could come meanwhile, and be denied. */
	@Override
	public void who(String from, String name) {
		this.byName.compute(name, (key, present) -> {
			if (present != null) {
				present.who(from, name);
			}
			else {
				tellAtOnce(from, this.writer.members(name, 0, Long.MAX_VALUE, List.of()));
			}
			return present;
		});
	}

	@Override
	public void members(String from, String name, long first, long last, List<Seated> members) {
		ClusterGroup group = find(name);
		if (group != null) {
			group.members(from, name, first, last, members);
		}
	}

	@Override
	public void back(String from) {
		this.byName.values().forEach((group) -> group.back(from));
	}

	/** It may have been taken for dead, and have had members all the time. */
	@Override
	public void up(Node node) {
		back(node.id());
	}

	@Override
	public void down(Node node) {
		this.byName.values().forEach((group) -> group.nodeLost(node.id()));
	}

	// For the groups

	String self() {
		return this.self;
	}

	/**
	 * Whether a session's client is connected to this node.
	 * @param session its id
	 * @return false for those of other nodes
	 */
	public boolean isOwn(long session) {
		return this.own.test(session);
	}

	FrameWriter writer() {
		return this.writer;
	}

	LocalGroup view(String name, Consumer<Group> onClose) {
		return new LocalGroup(name, this.payloads, this.settings, this.timers, onClose);
	}

	/** Whether sessions with these payloads can read what another node pushes. */
	boolean mayPush(Payloads sessions, String route) {
		return this.serializers.mayPush(sessions, route);
	}

	OutboundMessage push(String route, Object payload) {
		return OutboundMessage.push(route, payload, this.payloads);
	}

	OutboundMessage push(MergedRoute route, Object payload) {
		return route.push(payload, this.payloads);
	}

	/**
	 * Returns the window of a group for other nodes; null without merged routes. Half of
	 * what NATS accepts is for the names in a frame.
	 */
	@Nullable RemoteWindow window(BiConsumer<String, byte[]> publish) {
		return this.settings.merged().isEmpty() ? null
				: new RemoteWindow(this.timers.time(), this.later, () -> (int) (this.peers.maxPayload() / 2), publish);
	}

	Session recipient(String gateway, Seated member) {
		return this.backend.recipient(gateway, member);
	}

	/** Of a session of this node. */
	Map<String, Object> attributes(long session) {
		return this.sessions.find(session).map((found) -> found.attributes().state()).orElse(Map.of());
	}

	void tell(String node, byte[] frame) {
		this.peers.to(node).send(frame);
	}

	/** In one order with {@link #publishPresence}. */
	void tellAtOnce(String node, byte[] frame) {
		this.peers.publish(this.subjects.node(node), frame);
	}

	void publishPush(String name, byte[] frame) {
		this.peers.publish(this.subjects.group(name), frame);
	}

	void publishPresence(String name, byte[] frame) {
		this.peers.publish(this.subjects.presence(name), frame);
	}

	Runnable listenToPushes(String name, FrameHandler handler) {
		return this.peers.listen(this.subjects.group(name), handler);
	}

	Runnable listenToPresence(String name, FrameHandler handler) {
		return this.peers.listen(this.subjects.presence(name), handler);
	}

	/** Waits for a group that is being opened, which has sent what is replied to here. */
	private @Nullable ClusterGroup find(String name) {
		ClusterGroup present = this.byName.get(name);
		return (present != null) ? present : this.byName.computeIfPresent(name, (key, opened) -> opened);
	}

	void forget(ClusterGroup group) {
		this.byName.remove(group.name(), group);
	}

	/** Its last client has left; not on the spot, because that holds the group's lock. */
	void unused(ClusterGroup group) {
		this.later.execute(() -> this.byName.computeIfPresent(group.name(),
				(name, present) -> (present == group && group.endIfUnused()) ? null : present));
	}

}
