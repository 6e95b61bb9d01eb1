package io.nanogame.spring.match;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.nanogame.spring.match.QueueDesk.PartyInfo;
import io.nanogame.spring.match.QueueDesk.Waiting;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A ticket, as the owner of its queue knows it from announcements. Confined to the lane
 * of the queue.
 */
final class WaitingTicket implements Ticket {

	/** After it a player who is not announced is not here. */
	private static final long PRESENT = Duration.ofSeconds(4).toNanos();

	/** After it a ticket of which a member is not here is broken. */
	private static final long BROKEN = Duration.ofSeconds(10).toNanos();

	private final String id;

	private final long number;

	private final JsonMapper mapper;

	private final LongSupplier time;

	private final long createdNanos;

	private long sinceNanos;

	private @Nullable PartyInfo party;

	/** The players who are announced. */
	private final Map<String, Presence> present = new HashMap<>();

	private final Map<Class<?>, Object> read = new HashMap<>();

	/** Whether a match with it is being made. */
	private boolean underWay;

	/** When it may be matched again. */
	private long pausedNanos;

	/** Whether the rule has failed for it. */
	private boolean excluded;

	/**
	 * Creates a ticket that is not announced yet.
	 * @param id its id
	 * @param number the number of tickets before it
	 * @param mapper reads the properties
	 * @param time the time of the queue
	 */
	WaitingTicket(String id, long number, JsonMapper mapper, LongSupplier time) {
		this.id = id;
		this.number = number;
		this.mapper = mapper;
		this.time = time;
		this.createdNanos = time.getAsLong();
		this.sinceNanos = this.createdNanos;
		this.pausedNanos = this.createdNanos;
	}

	String id() {
		return this.id;
	}

	/**
	 * Of two tickets that have waited equally long the one with the lower number came
	 * first.
	 */
	long number() {
		return this.number;
	}

	long sinceNanos() {
		return this.sinceNanos;
	}

	/** A player is announced. */
	void announced(Waiting player, String node) {
		this.sinceNanos = Math.min(this.sinceNanos,
				this.time.getAsLong() - TimeUnit.MILLISECONDS.toNanos(player.waitedMillis()));
		if (player.party() != null) {
			this.party = player.party();
		}
		markPresent(player.uid(), node);
	}

	/** A player is connected to a node at present. */
	void markPresent(String uid, String node) {
		this.present.put(uid, new Presence(node, this.time.getAsLong()));
	}

	/** A player was not found. */
	void markAbsent(String uid) {
		this.present.remove(uid);
	}

	/** Returns whether it is known, not only one of its members. */
	boolean isKnown() {
		return this.party != null;
	}

	/** Returns whether no member is here, so that it can be forgotten. */
	boolean isGone() {
		return !this.underWay && this.present.values().stream().noneMatch(this::isRecent);
	}

	/** Returns whether a member, or the leader with the ticket, has been missing long. */
	boolean isBroken() {
		return this.time.getAsLong() - this.createdNanos > BROKEN && !this.underWay
				&& (this.party == null || this.party.members().stream().anyMatch(this::isMissing));
	}

	private boolean isMissing(String uid) {
		Presence found = this.present.get(uid);
		return found == null || this.time.getAsLong() - found.seenNanos() > BROKEN;
	}

	/**
	 * Returns whether it can be matched now.
	 * @param nodes selects the nodes that can be called
	 */
	boolean isReady(Predicate<String> nodes) {
		return this.party != null && !this.underWay && !this.excluded && this.time.getAsLong() - this.pausedNanos >= 0
				&& this.party.members()
					.stream()
					.map(this.present::get)
					.allMatch((found) -> isRecent(found) && nodes.test(found.node()));
	}

	private boolean isRecent(@Nullable Presence found) {
		return found != null && this.time.getAsLong() - found.seenNanos() < PRESENT;
	}

	/** Returns the node of a member of a ticket that is ready. */
	String node(String uid) {
		return Objects.requireNonNull(this.present.get(uid)).node();
	}

	void underWay(boolean isUnderWay) {
		this.underWay = isUnderWay;
	}

	boolean isUnderWay() {
		return this.underWay;
	}

	void pause(Duration duration) {
		this.pausedNanos = this.time.getAsLong() + duration.toNanos();
	}

	void exclude() {
		this.excluded = true;
	}

	boolean isExcluded() {
		return this.excluded;
	}

	int size() {
		return members().size();
	}

	@Override
	public List<String> members() {
		return Objects.requireNonNull(this.party).members();
	}

	@Override
	public Duration waited() {
		return Duration.ofNanos(Math.max(0, this.time.getAsLong() - this.sinceNanos));
	}

	@Override
	public <T> T properties(Class<T> type) {
		Object present = this.read.get(type);
		if (present == null) {
			present = this.mapper.readValue(Objects.requireNonNull(this.party).properties(), type);
			this.read.put(type, present);
		}
		@SuppressWarnings("unchecked") // Class.cast rejects the objects of primitive
										// types.
		T properties = (T) present;
		return properties;
	}

	@Override
	public String toString() {
		return "Ticket[" + this.id + "]";
	}

	/**
	 * Where a player was announced last.
	 *
	 * @param node the id of the node
	 * @param seenNanos when
	 */
	private record Presence(String node, long seenNanos) {
	}

}
