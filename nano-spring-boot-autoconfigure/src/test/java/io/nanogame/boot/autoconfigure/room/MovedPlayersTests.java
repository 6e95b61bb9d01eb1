package io.nanogame.boot.autoconfigure.room;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.room.RoomListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Players in rooms whose sessions move from one gateway to another. */
class MovedPlayersTests extends RoomCluster {

	/** The gateways that have reported a lost room. */
	private final List<String> lost = new CopyOnWriteArrayList<>();

	@Override
	ApplicationContextRunner gateway(String name) {
		return super.gateway(name).withBean(Lost.class, this.lost);
	}

	private void inCluster(FourNodes test) {
		onFourNodes("hall", Hall.class, test);
	}

	private static List<String> until(RawResumingClient client, String text) {
		List<String> read = new ArrayList<>();
		do {
			read.add(client.read());
		}
		while (!read.get(read.size() - 1).contains(text));
		return read;
	}

	private static List<Integer> versions(List<String> messages) {
		return messages.stream()
			.map((message) -> JsonMapper.shared().readTree(message).path("version").asInt())
			.filter((version) -> version > 0)
			.toList();
	}

	private static List<Integer> inOrder(List<Integer> versions) {
		int first = versions.get(0);
		return IntStream.range(first, first + versions.size()).boxed().toList();
	}

	@Test
	void aPlayerStaysInTheRoomWhenTheGatewayDrains() {
		inCluster((west, east, one, two) -> {
			RawResumingClient ann = loginResuming(west, "ann");
			ann.request(2, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
			until(ann, "seat");
			ann.request(3, "hall.join", "{}");
			until(ann, "ticks");
			drain(west);
			List<String> states = new ArrayList<>();
			await().until(() -> {
				try {
					states.add(ann.read());
				}
				catch (RuntimeException | AssertionError ex) {
					return true;
				}
				return false;
			});
			ann.resume(connect(east));
			ann.request(4, "hall.write", "\"moved\"");
			states.addAll(until(ann, "\"moved\""));
			states.addAll(until(ann, "ticks"));
			states.addAll(until(ann, "ticks"));
			assertThat(versions(states)).isNotEmpty().isEqualTo(inOrder(versions(states)));
			RawClient bob = login(east, "bob");
			join(bob, "hall");
			ann.request(5, "hall.write", "\"again\"");
			awaitState(bob, "\"ann\":\"again\"");
			ann.request(6, "hall.leave", "");
			awaitState(bob, "\"ann\":null");
		});
	}

	@Test
	void aPlayerWhoLeavesTheGameAfterTheMoveLeavesTheRoom() {
		inCluster((west, east, one, two) -> {
			RawResumingClient ann = loginResuming(west, "ann");
			ann.request(2, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
			until(ann, "seat");
			ann.request(3, "hall.join", "{}");
			until(ann, "ticks");
			ann.cut();
			ann.resume(connect(east));
			RawClient bob = login(west, "bob");
			join(bob, "hall");
			ann.leave();
			awaitState(bob, "\"ann\":null");
		});
	}

	@Test
	void aMovedPlayerIsNotifiedOnceWhenTheBackendStops() {
		gateway("west").run((west) -> gateway("east").run((east) -> {
			RawResumingClient[] ann = new RawResumingClient[1];
			backend("one", Hall.class).run((one) -> {
				awaitNodes("hall", 1, west, east, one);
				ann[0] = loginResuming(west, "ann");
				ann[0].request(2, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
				until(ann[0], "seat");
				ann[0].request(3, "hall.join", "{}");
				until(ann[0], "ticks");
				ann[0].cut();
				ann[0].resume(connect(east));
				ann[0].request(4, "hall.write", "\"moved\"");
				until(ann[0], "\"moved\"");
				one.getBean(ClusterNode.class).close();
			});
			until(ann[0], "node-lost");
			ann[0].request(5, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
			assertThat(until(ann[0], "code")).as("the reply").hasSize(1);
			assertThat(this.lost).containsExactly("east");
		}));
	}

	static class Lost implements RoomListener {

		private final List<String> names;

		private final Nodes nodes;

		Lost(List<String> names, Nodes nodes) {
			this.names = names;
			this.nodes = nodes;
		}

		@Override
		public void lost(Session session, String kind, String room) {
			this.names.add(this.nodes.self().name());
		}

	}

}
