package io.nanogame.cluster.node;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.RoundTrip;
import io.nanogame.node.Node;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps {@link ClusterNodes} up to date. Each node announces itself once every heartbeat,
 * and immediately when it starts, changes, reconnects or stops: one message for all
 * others. A node is gone when it announces its stop, or has been silent for the patience.
 * <p>
 * When the bus reports that a node is not subscribed, or an announcement is missing, its
 * connection may be lost only for a moment. The node is suspect until its next
 * announcement, and its sessions stay. A node that moves to another server announces
 * that, and is suspect at once. When this node has reconnected, all others are suspect.
 * <p>
 * Announcements have a reader of their own, so that messages of the game do not delay
 * them. Thread-safe.
 */
public final class Membership implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Membership.class);

	/** The number of checks within a heartbeat. */
	private static final int CHECKS = 4;

	/** The minimum time for other nodes to reconnect after the bus was unavailable. */
	private static final Duration RETURN = Duration.ofSeconds(2);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final Bus bus;

	private final Peers peers;

	private final Subjects subjects;

	private final ClusterNodes nodes;

	private final Announcer announcer;

	private final MembershipSettings settings;

	private final Ticker ticker;

	private final Silence silence;

	private final RoundTrip roundTrip;

	/** When nodes announced their stop. Their earlier announcements may arrive later. */
	private final Map<String, Long> stopped = new ConcurrentHashMap<>();

	private final ForeignNodes foreign = new ForeignNodes(this.limitedLog);

	private final Hearing hearing = new Hearing(CHECKS);

	private final NumberCheck number;

	/**
	 * Creates a membership that is not started.
	 * @param bus carries the announcements
	 * @param peers the other nodes; checks whether this node receives messages
	 * @param subjects the subjects of the cluster
	 * @param self supplies the description of this node; called repeatedly
	 * @param settings heartbeat and patience
	 * @param ticker repeats announcements and checks, one after the other
	 * @param workers run the game's listeners
	 */
	public Membership(Bus bus, Peers peers, Subjects subjects, Supplier<Node> self, MembershipSettings settings,
			Ticker ticker, Executor workers) {
		this.bus = bus;
		this.peers = peers;
		this.subjects = subjects;
		this.settings = settings;
		this.ticker = ticker;
		this.nodes = new ClusterNodes(self.get(), workers);
		this.silence = new Silence(settings, ticker.nanoTime());
		this.number = new NumberCheck(this.nodes.self().id(), ticker.currentTimeMillis());
		this.roundTrip = new RoundTrip(ticker::nanoTime);
		this.announcer = new Announcer(bus, subjects, self, this.nodes, peers.versions().own(), this.number.start(),
				this.roundTrip);
	}

	/**
	 * Returns the nodes.
	 * @return a view that is kept up to date
	 */
	public ClusterNodes nodes() {
		return this.nodes;
	}

	/** Announces this node, and discovers the others. */
	public void start() {
		BusReader reader = this.bus.newReader();
		reader.subscribe(this.subjects.all(Topics.members()), this::received);
		reader.subscribe(this.subjects.all(Topics.member(this.nodes.self().id())), this::received);
		this.silence.wasDeaf(this.ticker.nanoTime());
		if (!this.bus.isConnected()) {
			this.silence.neverHeard(this.ticker.nanoTime());
			this.hearing.startDeaf();
		}
		this.bus.onMove(() -> this.ticker.execute(this::moves));
		this.bus.onReconnect(() -> this.ticker.execute(this::reconnected));
		this.nodes.reconnected(this.bus.reconnects());
		this.announcer.announce(Announcement.HELLO);
		this.peers.probe();
		this.ticker.every(this.settings.heartbeat(), this::beat);
		this.ticker.every(this.settings.heartbeat().dividedBy(CHECKS), this::check);
	}

	/**
	 * Sets the action for a change of {@link #isHearing()}. Must be called before
	 * {@link #start()}.
	 * @param action receives false when this node has missed its own announcements for so
	 * long that it is gone for the others, and true when it receives them again; must not
	 * block
	 */
	public void onHearing(Consumer<Boolean> action) {
		this.hearing.onChange(action);
	}

	/**
	 * Returns whether this node receives messages, by its own ones.
	 * @return false while the connection is lost, and when none of its own messages has
	 * arrived within the patience
	 */
	public boolean isHearing() {
		return this.bus.isConnected() && this.silence.heardItself(this.ticker.nanoTime())
				&& this.peers.roundTrip().silentNanos() <= this.settings.patience().toNanos();
	}

	/**
	 * Returns the older node with the number of this one, which has to restart.
	 * @return a node whose sessions may have the ids of this node's sessions, or null
	 */
	public @Nullable Node nodeWithSameNumber() {
		return this.number.other();
	}

	/**
	 * Returns how long this node has received none of its own messages.
	 * @return the time since the last one, of those that {@link #isHearing()} considers
	 */
	public Duration silence() {
		long announced = this.silence.selfNanos(this.ticker.nanoTime());
		return Duration.ofNanos(Math.max(announced, this.peers.roundTrip().silentNanos()));
	}

	/**
	 * Returns how long this node's own announcements take. No other messages delay them.
	 * @return always the same object
	 */
	public RoundTrip roundTrip() {
		return this.roundTrip;
	}

	/**
	 * Waits until the other nodes have announced themselves, so that their components are
	 * known. Blocks for a moment; does not wait for very slow nodes.
	 */
	public void awaitOthers() {
		Arrivals.await(this.nodes);
	}

	/** Announces a change of this node immediately, if its start was announced. */
	public void changed() {
		this.announcer.announce(Announcement.HEARTBEAT);
	}

	/**
	 * Called when the bus reports that a node is not subscribed.
	 * @param id the id of the node
	 */
	public void lost(String id) {
		if (this.nodes.suspect(id)) {
			this.announcer.greet(id);
		}
	}

	/** Stops, and notifies the other nodes. */
	@Override
	public void close() {
		this.ticker.close();
		// The goodbye follows the last replies.
		this.peers.flush();
		this.announcer.announce(Announcement.GOODBYE);
	}

	/** Other nodes send no messages to this one until it has reconnected, and it none. */
	private void moves() {
		this.nodes.disconnects();
		this.announcer.move();
	}

	private void reconnected() {
		this.announcer.moved();
		this.silence.wasDeaf(this.ticker.nanoTime());
		this.nodes.reconnected(this.bus.reconnects());
		this.peers.probe();
		// Those that are known announce themselves, anyway.
		this.announcer.announce(this.nodes.ids().isEmpty() ? Announcement.HELLO : Announcement.HEARTBEAT);
	}

	private void beat() {
		if (this.bus.isConnected()) {
			this.peers.probe();
			this.announcer.announce(Announcement.HEARTBEAT);
		}
	}

	private void check() {
		long now = this.ticker.nanoTime();
		if (!this.bus.isStable(RETURN)) {
			// The bus may have been unavailable, and the others have not reconnected yet.
			this.silence.wasDeaf(now);
		}
		this.hearing.look(this.silence.heardItself(now));
		this.stopped.values().removeIf((since) -> now - since > this.settings.patience().toNanos());
		this.silence.tooLong(this.nodes.ids(), now).forEach((id) -> gone(id, "it does not announce itself"));
		this.silence.late(this.nodes.ids(), now).forEach(this.nodes::suspect);
		this.nodes.suspects().forEach(this.announcer::greet);
		this.nodes.allKnown(this.silence.hasHeardAll(now));
	}

	private void gone(String id, String why) {
		this.nodes.gone(id, why, this.stopped.containsKey(id));
		this.silence.forget(id);
	}

	private void received(BusMessage message) {
		try {
			received(Subjects.sender(message.subject()), Announcement.read(message.body()));
		}
		catch (JacksonException ex) {
			malformed(ex.getOriginalMessage());
		}
	}

	private void malformed(@Nullable String why) {
		this.bus.countDropped();
		this.limitedLog.warn("The announcement of a node was not understood: {}", why);
	}

	private void received(String id, Announcement announcement) {
		if (!announcement.node().id().equals(id)) {
			malformed("Node %s describes '%s'".formatted(id, announcement.node().id()));
		}
		else if (this.number.collides(announcement.node(), announcement.start())) {
			this.announcer.reply(announcement);
		}
		else if (id.equals(this.nodes.self().id())) {
			this.silence.heardSelf(this.ticker.nanoTime());
			this.ticker.execute(() -> this.hearing.look(true));
			this.roundTrip.receive(announcement.sentNanos());
		}
		else if (announcement.kind().equals(Announcement.GOODBYE)) {
			this.stopped.put(id, this.ticker.nanoTime());
			// Its last replies may wait for another reader, and must not be too late.
			this.nodes.suspect(id);
			this.peers.afterArrived(() -> this.ticker.execute(() -> gone(id, "it has stopped")));
		}
		else if (announcement.kind().equals(Announcement.MOVING)) {
			this.nodes.suspect(id);
		}
		else if (announcement.versions().overlaps(this.peers.versions().own())) {
			up(announcement);
		}
		else {
			this.foreign.received(announcement.node());
		}
	}

	private void up(Announcement announcement) {
		Node node = announcement.node();
		if (!this.stopped.containsKey(node.id())) {
			this.silence.heard(node.id(), this.ticker.nanoTime());
			this.nodes.seen(node, () -> this.peers.setVersions(node.id(), announcement.versions()));
		}
		this.announcer.reply(announcement);
	}

}
