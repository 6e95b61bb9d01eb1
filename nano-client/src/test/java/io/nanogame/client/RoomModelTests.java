package io.nanogame.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.session.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Random states and changes of a room on this project's server, which loses some of its
 * pushes: the copies of the clients become equal to the state, and listeners receive each
 * change.
 */
class RoomModelTests {

	private static final int CHANGES = 150;

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.1, 0.5 })
	void copiesBecomeEqualToTheState(double loss) {
		long seed = Double.hashCode(loss);
		RoomModel model = new RoomModel(new Random(seed), loss);
		try (Game game = new Game((builder) -> builder.routes(model.routes()));
				HurriedScheduler timer = new HurriedScheduler()) {
			List<Copy> copies = List.of(new Copy(game.tcp().build(), timer), new Copy(game.webSocket().build(), timer));
			for (int i = 0; i < CHANGES; i++) {
				copies.get(i % 2).client.call("arena.change", null, Void.class);
			}
			model.loseNothing();
			copies.get(0).client.call("arena.change", null, Void.class);
			for (Copy copy : copies) {
				await().untilAsserted(() -> copy.check(model));
				copy.client.close();
			}
		}
	}

	/** A client, and what its listeners have received. */
	private static final class Copy {

		private final NanoClient client;

		private final ClientRoom room;

		private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

		/** The members of members, by their names. */
		private final Map<List<String>, JsonNode> parts = new ConcurrentHashMap<>();

		private final List<JsonNode> states = new CopyOnWriteArrayList<>();

		private final List<String> texts = new CopyOnWriteArrayList<>();

		Copy(NanoClient client, HurriedScheduler timer) {
			this.client = client;
			client.connect().block(ResumeTests.TIMEOUT);
			this.room = new ClientRooms(client, timer).enter("arena", null).block(ResumeTests.TIMEOUT);
			this.room.listen("/*/*", JsonNode.class, this::changed);
			this.room.onState(JsonNode.class, (state) -> {
				this.states.add(state);
				this.texts.add(state.toString());
			});
		}

		private void changed(JsonNode value, JsonNode previous, List<String> names) {
			JsonNode known = (value != null) ? this.parts.put(names, value) : this.parts.remove(names);
			if (known != previous || value == previous) {
				this.failures.add("%s: %s, %s, %s".formatted(names, value, previous, known));
			}
		}

		void check(RoomModel model) {
			assertThat(this.room.version()).isEqualTo(model.version());
			JsonNode state = this.room.state(JsonNode.class);
			assertThat(state).isEqualTo(model.state());
			assertThat(this.failures).isEmpty();
			Map<List<String>, JsonNode> expected = new HashMap<>();
			for (String name : RoomTree.names(state)) {
				for (String inner : RoomTree.names(state.get(name))) {
					expected.put(List.of(name, inner), RoomTree.member(state.get(name), inner));
				}
			}
			assertThat(this.parts).isEqualTo(expected);
			assertThat(this.states).extracting(JsonNode::toString).isEqualTo(this.texts);
		}

	}

	/** A room whose state changes at random. */
	private static final class RoomModel {

		private static final String[] NAMES = { "a", "b", "c", "0", "", "__proto__", "a/b", "~0", "😀" };

		private final Random random;

		private final List<Session> sessions = new ArrayList<>();

		private double loss;

		private long version = 1;

		private JsonNode state;

		RoomModel(Random random, double loss) {
			this.random = random;
			this.loss = loss;
			this.state = value(3);
		}

		List<Route> routes() {
			return List.of(Route.of("arena.join", this::join), Route.of("arena.sync", this::sync),
					Route.of("arena.change", this::change));
		}

		synchronized long version() {
			return this.version;
		}

		synchronized JsonNode state() {
			return this.state;
		}

		synchronized void loseNothing() {
			this.loss = 0;
		}

		private synchronized Object join(Request request) {
			this.sessions.add(request.session());
			return sync(request);
		}

		private synchronized Object sync(Request request) {
			push(request.session(), "state", this.state);
			return Map.of();
		}

		private synchronized Object change(Request request) {
			JsonNode before = this.state;
			this.state = (this.random.nextInt(20) > 0) ? changed(before) : value(3);
			this.version++;
			JsonNode patch = patch(before, this.state);
			this.sessions.forEach((session) -> push(session, "patch", patch));
			return Map.of();
		}

		private void push(Session session, String name, JsonNode content) {
			if (this.random.nextDouble() >= this.loss) {
				session.push("room.state",
						Map.of("kind", "arena", "room", "r1", "version", this.version, name, content));
			}
		}

		private JsonNode changed(JsonNode tree) {
			if (!(tree instanceof ObjectNode)) {
				return value(2);
			}
			ObjectNode copy = tree.deepCopy().asObject();
			for (int i = 0; i < 2; i++) {
				String name = name();
				JsonNode child = copy.get(name);
				if (child instanceof ObjectNode && this.random.nextInt(3) > 0) {
					copy.set(name, changed(child));
				}
				else if (this.random.nextInt(5) < 2) {
					copy.remove(name);
				}
				else {
					copy.set(name, value(2));
				}
			}
			return copy;
		}

		private JsonNode value(int depth) {
			int kind = this.random.nextInt(depth > 0 ? 6 : 3);
			JsonNodeFactory nodes = JsonNodeFactory.instance;
			return switch (kind) {
				case 0 -> nodes.numberNode(this.random.nextInt(3));
				case 1 -> nodes.stringNode(name());
				case 2 -> nodes.booleanNode(this.random.nextBoolean());
				case 3 -> nodes.arrayNode().add(value(depth - 1)).add(value(depth - 1));
				default -> {
					ObjectNode object = nodes.objectNode();
					for (int i = this.random.nextInt(5); i > 0; i--) {
						object.set(name(), value(depth - 1));
					}
					yield object;
				}
			};
		}

		private String name() {
			return NAMES[this.random.nextInt(NAMES.length)];
		}

		private static JsonNode patch(JsonNode before, JsonNode after) {
			if (!(before instanceof ObjectNode && after instanceof ObjectNode)) {
				return after;
			}
			ObjectNode patch = JsonNodeFactory.instance.objectNode();
			before.propertyNames().stream().filter((name) -> !after.has(name)).forEach(patch::putNull);
			for (Map.Entry<String, JsonNode> member : after.properties()) {
				JsonNode former = before.get(member.getKey());
				if (!member.getValue().equals(former)) {
					patch.set(member.getKey(), patch((former != null) ? former : patch.nullNode(), member.getValue()));
				}
			}
			return patch;
		}

	}

}
