package io.nanogame.boot.autoconfigure.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Node;
import io.nanogame.node.NodeSelectors;
import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.match.GameMatches;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Matchmaker;
import io.nanogame.spring.match.Ticket;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.Room;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The matchmaker on real NATS: the players are on two gateways, the queue and its rooms
 * on two backends.
 */
class MatchClusterTests extends RoomCluster {

	@Override
	ApplicationContextRunner node(String name) {
		return super.node(name).withConfiguration(AutoConfigurations.of(NanoMatchAutoConfiguration.class));
	}

	private void inCluster(InCluster test) {
		ApplicationContextRunner gateway = gateway("west").withBean(Duels.class);
		gateway.run((west) -> gateway.withPropertyValues("nano.cluster.name=east")
			.run((east) -> backend("one").run((one) -> backend("two").run((two) -> {
				awaitNodes("ring", 2, west, east, one, two);
				awaitServices(west, east, one, two);
				test.run(west, east, one, two);
			}))));
	}

	private ApplicationContextRunner backend(String name) {
		return backend(name, Ring.class).withUserConfiguration(Duel.class, Trio.class);
	}

	/** Waits until the nodes know which of them have tickets and queues. */
	private static void awaitServices(AssertableApplicationContext... nodes) {
		for (AssertableApplicationContext node : nodes) {
			await().until(() -> with(node, "nano.match.tickets") == 2 && with(node, "nano.match.queues") == 2);
		}
	}

	private static long with(AssertableApplicationContext node, String service) {
		return node.getBean(Nodes.class).all().stream().filter((one) -> one.services().contains(service)).count();
	}

	/** Returns the node that matches the players of the queue. */
	private static AssertableApplicationContext owner(AssertableApplicationContext one,
			AssertableApplicationContext two) {
		List<Node> backends = List.of(one.getBean(Nodes.class).self(), two.getBean(Nodes.class).self());
		return NodeSelectors.consistentHash("match/duel").select(backends).equals(backends.get(0)) ? one : two;
	}

	private static JsonNode found(RawClient client) {
		return JsonMapper.shared().readTree(client.readPush("match.found"));
	}

	/** The player enters the room of its match. */
	private static void enter(RawClient client, JsonNode found) {
		assertThat(call(client, "ring.join", "{}").asString()).isEqualTo(found.path("room").asString());
	}

	@Test
	void playersOfAllGatewaysMeetAlsoAfterTheOwnerOfTheQueueHasStopped() {
		inCluster((west, east, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			call(ann, "duels.play", "1000");
			call(bob, "duels.play", "1010");
			JsonNode found = found(ann);
			assertThat(found(bob)).isEqualTo(found);
			assertThat(found.path("players").toString()).contains("ann", "bob");
			enter(ann, found);
			enter(bob, found);
			await().until(() -> ann.readPush("room.state").contains("\"bob\""));
			RawClient cid = login(west, "cid");
			call(cid, "duels.play", "500");
			await().until(() -> west.getBean(GameMatches.class).waiting("duel") == 1);
			owner(one, two).getBean(ClusterNode.class).close();
			await().until(() -> with(west, "nano.match.queues") == 1 && with(east, "nano.match.queues") == 1);
			RawClient dan = login(east, "dan");
			call(dan, "duels.play", "501");
			assertThat(found(dan)).isEqualTo(found(cid));
		});
	}

	@Test
	void aPartyOnTwoGatewaysIsMatchedTogetherAndEndsWithItsMembers() {
		inCluster((west, east, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			call(ann, "duels.playWith", "[\"bob\"]");
			JsonNode found = found(ann);
			assertThat(found(bob)).isEqualTo(found);
			enter(bob, found);
			RawClient cid = login(west, "cid");
			RawClient dan = login(east, "dan");
			call(cid, "duels.playThree", "[\"dan\"]");
			dan.close();
			assertThat(cid.readPush("match.cancelled")).contains("\"left\"");
		});
	}

	@Test
	void aPlayerOfAGatewayThatIsDrainedStaysInTheQueue() {
		inCluster((west, east, one, two) -> {
			RawResumingClient ann = new RawResumingClient(connect(west)).open();
			ann.request(1, "lobby.login", "\"ann\"").read();
			ann.request(2, "duels.play", "1000").read();
			drain(west);
			await().until(() -> {
				try {
					ann.read();
				}
				catch (RuntimeException | AssertionError ex) {
					return true;
				}
				return false;
			});
			ann.resume(connect(east));
			await().until(() -> east.getBean(GameMatches.class).waiting("duel") == 1);
			RawClient bob = login(east, "bob");
			call(bob, "duels.play", "1000");
			JsonNode found = found(bob);
			List<String> read = new ArrayList<>();
			await().until(() -> {
				read.add(ann.read());
				return read.get(read.size() - 1).contains(found.path("room").asString());
			});
			ann.request(3, "ring.join", "{}");
			assertThat(ann.read()).contains(found.path("room").asString());
		});
	}

	private interface InCluster {

		void run(AssertableApplicationContext west, AssertableApplicationContext east, AssertableApplicationContext one,
				AssertableApplicationContext two) throws Exception;

	}

	@GameComponent("duels")
	static class Duels {

		private final Matchmaker matchmaker;

		Duels(Matchmaker matchmaker) {
			this.matchmaker = matchmaker;
		}

		@Handler
		CompletionStage<Void> play(Session player, int rating) {
			return this.matchmaker.enqueue(player, "duel", rating);
		}

		@Handler
		CompletionStage<Void> playWith(Session player, List<String> party) {
			return this.matchmaker.enqueue(player, party, "duel", 0);
		}

		@Handler
		CompletionStage<Void> playThree(Session player, List<String> party) {
			return this.matchmaker.enqueue(player, party, "trio", 0);
		}

	}

	@MatchQueue(value = "duel", room = "ring", players = 2)
	static class Duel implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			return Math.abs(ticket.properties(Integer.class) - other.properties(Integer.class)) <= 100;
		}

	}

	@GameRoom(value = "ring", seats = 3)
	static class Ring {

		private final Room<RingState> room;

		Ring(Room<RingState> room) {
			this.room = room;
		}

		@OnJoin
		String join(Session player) {
			this.room.state().players.put(String.valueOf(player.uid()), true);
			return this.room.id();
		}

		static final class RingState {

			final Map<String, Boolean> players = new TreeMap<>();

		}

	}

	@MatchQueue(value = "trio", room = "ring", players = 3)
	static class Trio extends Duel {

	}

}
