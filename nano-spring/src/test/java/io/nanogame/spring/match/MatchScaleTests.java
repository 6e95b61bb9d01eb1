package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.nanogame.spring.match.TicketDesk.Entry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many tickets on two gateways, one in four of which is a party with members on both.
 * Meanwhile sessions move from one gateway to the other, and the owner of the queue dies
 * while matches are committed. Each ticket is matched once, or its players are notified
 * of another end. {@code -Dmatch.tickets=10000} sets the number of tickets.
 */
class MatchScaleTests {

	private static final int TICKETS = Integer.getInteger("match.tickets", 1000);

	/** One of so many sessions moves: 500 of those of 10,000 tickets. */
	private static final int MOVES = 25;

	private static final int MAX_DELAY_MILLIS = 20;

	private static final Duration ARRIVALS = Duration.ofSeconds(10);

	private final Random random = new Random(1);

	private final ModelCluster cluster = new ModelCluster(this.random);

	private final List<ModelNode> gateways = List.of(this.cluster.start(false), this.cluster.start(false));

	private final List<ModelPlayer> players = new ArrayList<>();

	private int moves;

	@Test
	void manyTicketsAreMatchedOnceWhilePlayersMoveAndTheOwnerDies() {
		this.cluster.network.maxDelayMillis = MAX_DELAY_MILLIS;
		ModelNode owner = this.cluster.start(true);
		this.cluster.start(true);
		for (int i = 0; i < TICKETS; i++) {
			this.cluster.network.after(this.random.nextInt((int) ARRIVALS.toMillis()), arrival(i));
		}
		this.cluster.advance(ARRIVALS.dividedBy(2));
		killInACommit(owner);
		this.cluster.advance(ARRIVALS.dividedBy(2));
		int early = this.cluster.matches();
		this.cluster.advance(Duration.ofSeconds(90));
		this.cluster.checkQueuesAreEmpty();
		this.cluster.checkMatches();
		int matched = count("match.found");
		int timedOut = count("match.timedOut");
		System.out.printf(
				"%d tickets of %d players: %d players matched, %d timed out, %d matches (%d after %s), "
						+ "%d sessions moved, %d calls between nodes%n",
				TICKETS, this.players.size(), matched, timedOut, this.cluster.matches(), early, ARRIVALS, this.moves,
				this.cluster.network.calls);
		assertThat(owner.isUp()).isFalse();
		assertThat(this.players).allSatisfy((player) -> assertThat(player.pushes).hasSize(1));
		assertThat(matched + timedOut).isEqualTo(this.players.size());
		assertThat(matched).isEqualTo(4 * this.cluster.matches()).isGreaterThan(this.players.size() * 9 / 10);
		assertThat(this.moves).isEqualTo(TICKETS / MOVES * 5 / 4);
	}

	private Runnable arrival(int index) {
		boolean isParty = index % 4 == 0;
		ModelPlayer leader = login(this.gateways.get(index / 4 % 2), (isParty ? "party" : "player") + index);
		List<String> members = new ArrayList<>();
		if (isParty) {
			members.add(login(this.gateways.get(1 - index / 4 % 2), "member" + index).uid());
		}
		String rating = String.valueOf(this.random.nextInt(2000));
		return () -> enqueue(leader, new Entry(1, leader.uid(), "squad", members, rating));
	}

	/** A client on its way, or with a member on its way, tries again. */
	private void enqueue(ModelPlayer leader, Entry entry) {
		ModelNode gateway = this.cluster.nodeOf(leader);
		if (gateway == null) {
			this.cluster.network.after(100, () -> enqueue(leader, entry));
			return;
		}
		gateway.lane().execute(() -> gateway.tickets.enqueue(entry).whenComplete((done, failure) -> {
			if (failure != null || !done) {
				this.cluster.network.after(100, () -> enqueue(leader, entry));
			}
		}));
	}

	private ModelPlayer login(ModelNode gateway, String uid) {
		ModelPlayer player = new ModelPlayer(uid, this.cluster);
		this.players.add(player);
		this.cluster.players.put(uid, player);
		gateway.add(player);
		if (this.players.size() % MOVES == 0) {
			this.cluster.network.after(this.random.nextInt(2 * (int) ARRIVALS.toMillis()), () -> move(player));
		}
		return player;
	}

	private void move(ModelPlayer player) {
		ModelNode from = this.cluster.nodeOf(player);
		from.remove(player);
		ModelNode to = this.gateways.get(1 - this.gateways.indexOf(from));
		this.cluster.network.after(this.random.nextInt(100), () -> to.add(player));
		this.moves++;
	}

	/** The owner dies when one of two gateways has received the commit of a match. */
	private void killInACommit(ModelNode owner) {
		List<String> commits = new ArrayList<>();
		this.cluster.network.observer = (from, method) -> {
			if (from == owner && method.equals("commit") && commits.size() < 2) {
				commits.add(method);
				if (commits.size() == 2) {
					this.cluster.kill(owner, 2000);
				}
			}
		};
	}

	private int count(String route) {
		return (int) this.players.stream()
			.flatMap((player) -> player.pushes.stream())
			.filter((push) -> push.startsWith(route + " "))
			.count();
	}

}
