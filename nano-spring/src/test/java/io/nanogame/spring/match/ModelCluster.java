package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.nanogame.spring.match.PlayerState.Committed;
import io.nanogame.spring.match.PlayerState.Hold;
import io.nanogame.spring.match.PlayerState.QueuedTicket;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gateways with players and the owners of queues, in virtual time, and what is true of
 * the whole.
 */
final class ModelCluster {

	final ModelNetwork network;

	private final List<ModelNode> nodes = new ArrayList<>();

	/** The nodes that are considered up: also those that were killed a moment ago. */
	private final List<ModelNode> seen = new ArrayList<>();

	final List<Throwable> violations = new ArrayList<>();

	final Map<String, ModelPlayer> players = new LinkedHashMap<>();

	private final Map<String, Hold> matches = new LinkedHashMap<>();

	private final Map<String, Set<String>> committed = new HashMap<>();

	private final Map<String, String> rooms = new HashMap<>();

	/** The tickets that were added for their leaders. */
	private final Set<String> ownedTickets = new HashSet<>();

	private long lastId;

	ModelCluster(Random random) {
		this.network = new ModelNetwork(random);
	}

	String nextId(String prefix) {
		return prefix + ++this.lastId;
	}

	ModelNode start(boolean ownsQueues) {
		ModelNode node = new ModelNode(nextId("n"), this, ownsQueues);
		this.nodes.add(node);
		this.seen.add(node);
		return node;
	}

	/** A node dies, which the others notice later. */
	void kill(ModelNode node, long noticedMillis) {
		node.kill();
		this.nodes.remove(node);
		this.network.after(noticedMillis, () -> this.seen.remove(node));
	}

	List<ModelNode> seen() {
		return List.copyOf(this.seen);
	}

	Optional<ModelNode> find(String id) {
		return this.seen.stream().filter((node) -> node.self().equals(id)).findFirst();
	}

	@Nullable ModelNode nodeOf(ModelPlayer player) {
		return this.nodes.stream().filter((node) -> node.has(player)).findFirst().orElse(null);
	}

	void advance(Duration duration) {
		this.network.time.advance(duration);
		assertThat(this.violations).isEmpty();
	}

	// What happens to players

	void added(String uid, QueuedTicket ticket) {
		if (ticket.isOwnedBy(uid)) {
			this.ownedTickets.add(ticket.id());
		}
	}

	/** Returns whether a ticket was never added for its leader, who has got a failure. */
	boolean isRefused(String ticket) {
		return !this.ownedTickets.contains(ticket);
	}

	void committed(ModelPlayer player, Hold hold, @Nullable QueuedTicket ticket, Committed match) {
		this.matches.putIfAbsent(match.match(), hold);
		assertThat(this.matches.get(match.match()).players()).isEqualTo(hold.players());
		assertThat(hold.players()).contains(player.uid()).doesNotHaveDuplicates();
		assertThat(ticket).as("the ticket of %s", player.uid()).isNotNull();
		assertThat(hold.players()).as("the party of %s", player.uid()).containsAll(ticket.members());
		assertThat(this.rooms.computeIfAbsent(match.match(), (id) -> match.place().room()))
			.isEqualTo(match.place().room());
		this.committed.computeIfAbsent(match.match(), (id) -> new HashSet<>()).add(player.uid());
	}

	/** Returns the number of matches. */
	int matches() {
		return this.matches.size();
	}

	/**
	 * After a quiet time: a match that a player has is that of all its players who are
	 * there.
	 */
	void checkMatches() {
		this.matches.forEach((match, hold) -> {
			List<String> present = hold.players().stream().filter((uid) -> this.players.get(uid).isAlive).toList();
			Set<String> has = this.committed.get(match);
			assertThat(has.containsAll(present) || present.stream().noneMatch(has::contains))
				.as("match %s of %s, of whom %s are there and %s have it", match, hold.players(), present, has)
				.isTrue();
		});
	}

	/** After a time in which all tickets end. */
	void checkQueuesAreEmpty() {
		this.players.values().stream().filter((player) -> player.isAlive).forEach((player) -> {
			assertThat(player.parsed().tickets()).as("tickets of %s", player.uid()).isEmpty();
			assertThat(player.parsed().hold()).as("hold of %s", player.uid()).isNull();
		});
	}

}
