package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.nanogame.spring.match.OwnPlayers.OwnPlayer;
import io.nanogame.spring.match.PlayerState.Committed;
import io.nanogame.spring.match.PlayerState.QueuedTicket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The players of this node who have tickets. Confined to the lane of the desk, except
 * {@link #count}.
 */
final class QueuedPlayers {

	private static final Logger log = LoggerFactory.getLogger(QueuedPlayers.class);

	private final OwnPlayers players;

	private final JsonMapper mapper;

	private final LongSupplier time;

	/** Called when there are players. */
	private final Runnable changed;

	/** Receives the matches that players have had when they arrive. */
	private final Consumer<Committed> arrivals;

	private final Map<String, QueuedPlayer> byUid = new LinkedHashMap<>();

	/** The numbers of tickets of which the leaders are here, by queue. */
	private final Map<String, Integer> counts = new ConcurrentHashMap<>();

	QueuedPlayers(OwnPlayers players, JsonMapper mapper, LongSupplier time, Runnable changed,
			Consumer<Committed> arrivals) {
		this.players = players;
		this.mapper = mapper;
		this.time = time;
		this.changed = changed;
		this.arrivals = arrivals;
	}

	/** Returns the number of tickets in a queue. Thread-safe. */
	int count(String queue) {
		return this.counts.getOrDefault(queue, 0);
	}

	boolean isEmpty() {
		return this.byUid.isEmpty();
	}

	/** Returns the players as they were last seen, some of whom may be gone. */
	Collection<QueuedPlayer> snapshot() {
		return List.copyOf(this.byUid.values());
	}

	long nanoTime() {
		return this.time.getAsLong();
	}

	/** See {@link OwnPlayers#with}. */
	<T> @Nullable T with(String uid, Function<Visit, T> action) {
		return with(uid, 0, action);
	}

	/**
	 * See {@link OwnPlayers#with}. A player who is not here is forgotten.
	 * @param action does not return null
	 */
	<T> @Nullable T with(String uid, long session, Function<Visit, T> action) {
		List<T> result = new ArrayList<>(1);
		Boolean isHere = this.players.with(uid, session, (player) -> {
			result.add(action.apply(new Visit(player, read(player))));
			return true;
		});
		if (isHere == null) {
			forget(uid);
			return null;
		}
		return result.get(0);
	}

	/** A player may have arrived. */
	void find(String uid) {
		with(uid, (visit) -> true);
	}

	private QueuedPlayer read(OwnPlayer player) {
		String text = player.state();
		QueuedPlayer known = this.byUid.get(player.uid());
		if (known != null && known.text().equals(text)) {
			return known;
		}
		QueuedPlayer found = new QueuedPlayer(player.uid(), text, parse(text), nanoTime());
		keep(found);
		found.state().matches().forEach(this.arrivals);
		return found;
	}

	/** Reads the state of a player. */
	PlayerState parse(String text) {
		if (text.isEmpty()) {
			return PlayerState.EMPTY;
		}
		try {
			return this.mapper.readValue(text, PlayerState.class);
		}
		catch (JacksonException ex) {
			log.error("The tickets of a player cannot be read: {}", text, ex);
			return PlayerState.EMPTY;
		}
	}

	private void keep(QueuedPlayer player) {
		forget(player.uid());
		if (!player.state().isEmpty()) {
			this.byUid.put(player.uid(), player);
			count(player, 1);
			this.changed.run();
		}
	}

	private void forget(String uid) {
		QueuedPlayer former = this.byUid.remove(uid);
		if (former != null) {
			count(former, -1);
		}
	}

	private void count(QueuedPlayer player, int change) {
		for (QueuedTicket ticket : player.state().tickets()) {
			if (ticket.isOwnedBy(player.uid())) {
				this.counts.merge(ticket.queue(), change,
						(before, more) -> (before + more == 0) ? null : before + more);
			}
		}
	}

	/** A player, who is here and stays during the visit. */
	final class Visit {

		private final OwnPlayer player;

		private final QueuedPlayer queued;

		private Visit(OwnPlayer player, QueuedPlayer queued) {
			this.player = player;
			this.queued = queued;
		}

		OwnPlayer player() {
			return this.player;
		}

		QueuedPlayer queued() {
			return this.queued;
		}

		/** Returns the state, with the waiting times of now. */
		PlayerState state() {
			return this.queued.aged(nanoTime());
		}

		/** Changes the state. */
		void state(PlayerState changed) {
			String text = changed.isEmpty() ? "" : QueuedPlayers.this.mapper.writeValueAsString(changed);
			this.player.state(text);
			forget(this.queued.uid());
			this.queued.written(text, changed, nanoTime());
			keep(this.queued);
		}

	}

}
