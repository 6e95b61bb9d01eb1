package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.serialize.ProtobufSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random changes, joins, leaves, cuts and resumes: when a room is quiet, the copy of each
 * client equals what it sees, as JSON and as protobuf.
 */
@NanoTest(properties = "nano.additional-serializers=protobuf")
@Import({ Pool.class, Hands.class, OtherClients.class })
class StateCopiesTests {

	private static final int STEPS = 40;

	private static final int CLIENTS = 4;

	private static final JsonMapper JSON = JsonMapper.shared();

	@Autowired
	private RoomTester rooms;

	@Autowired
	private NanoTestClient players;

	/** What each player has set last. */
	private final Map<String, Map<String, @Nullable Object>> set = new TreeMap<>();

	private final List<RoomPlayer> present = new ArrayList<>();

	private final List<TestPlayer> cut = new ArrayList<>();

	private int names;

	@ParameterizedTest
	@CsvSource({ "pool, 1", "pool, 2", "pool, 3", "pool, 4", "pool, 5", "pool, 6", "hands, 1", "hands, 2", "hands, 3",
			"hands, 4", "hands, 5", "hands, 6" })
	void eachCopyEqualsItsView(String kind, long seed) {
		Random random = new Random(seed);
		this.names = (int) seed;
		join(kind);
		for (int step = 0; step < STEPS; step++) {
			act(kind, random);
			this.rooms.advance(Duration.ofMillis(1 + random.nextInt(120)));
			if (random.nextInt(4) == 0) {
				checkWhenQuiet(kind);
			}
		}
		List.copyOf(this.cut).forEach(this::resume);
		checkWhenQuiet(kind);
	}

	private void act(String kind, Random random) {
		RoomPlayer player = this.present.get(random.nextInt(this.present.size()));
		boolean isCut = this.cut.contains(player.player());
		int action = random.nextInt(10);
		if (action == 0 && this.present.size() < CLIENTS) {
			join(kind);
		}
		else if (action == 1 && this.present.size() > 1 && !isCut) {
			player.leave();
			this.present.remove(player);
		}
		else if (action == 2) {
			if (isCut) {
				resume(player.player());
			}
			else if (this.cut.size() < this.present.size() - 1) {
				player.player().cut();
				this.cut.add(player.player());
			}
		}
		else if (!isCut) {
			Map<String, @Nullable Object> values = change(this.set.getOrDefault(player.player().name(), Map.of()),
					random);
			this.set.put(player.player().name(), values);
			player.request("set", JSON.writeValueAsBytes(values)).expectResponse();
			this.set.put("", values);
		}
	}

	private void resume(TestPlayer player) {
		player.resume().expectResumed();
		this.cut.remove(player);
	}

	private void join(String kind) {
		NanoTestClient client = (this.names % 2 == 0) ? this.players
				: OtherClients.with(this.players, new ProtobufSerializer());
		TestPlayer player = client.resumable().named("player " + kind + this.names++);
		OtherClients.login(player, player.name());
		this.set.put(player.name(), Map.of());
		this.present.add(this.rooms.join(kind, player, null));
	}

	/** Changes, removes or renames members, in any depth. */
	private static Map<String, @Nullable Object> change(Map<String, @Nullable Object> before, Random random) {
		Map<String, @Nullable Object> next = new TreeMap<>(before);
		String name = String.valueOf((char) ('a' + random.nextInt(5)));
		switch (random.nextInt(5)) {
			case 0 -> next.remove(name);
			case 1 -> {
				Object renamed = next.remove(name);
				next.put(name + "-renamed", renamed);
			}
			default -> next.put(name, value(random, 3));
		}
		return next;
	}

	private static @Nullable Object value(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 8 : 5)) {
			case 0 -> null;
			case 1 -> random.nextInt(100) - 50;
			case 2 -> random.nextInt() / 8.0;
			case 3 -> random.nextBoolean();
			case 4 -> "grün " + Character.toString(0x1F600 + random.nextInt(50));
			case 5 -> {
				List<@Nullable Object> list = new ArrayList<>();
				for (int i = random.nextInt(3); i > 0; i--) {
					list.add(value(random, depth - 1));
				}
				yield list;
			}
			default -> {
				Map<String, @Nullable Object> map = new TreeMap<>();
				for (int i = random.nextInt(4); i > 0; i--) {
					map.put(String.valueOf(random.nextInt(4)), value(random, depth - 1));
				}
				yield map;
			}
		};
	}

	private void checkWhenQuiet(String kind) {
		this.rooms.advance(Duration.ofMillis(300));
		for (RoomPlayer player : this.present) {
			if (!this.cut.contains(player.player())) {
				Map<String, @Nullable Object> seen = this.set
					.getOrDefault(kind.equals("pool") ? "" : player.player().name(), Map.of());
				player.expectState(kind.equals("pool") ? "/values" : "", withoutNulls(seen));
			}
		}
	}

	/** A state contains null only as an element of lists. */
	private static Object withoutNulls(Map<String, @Nullable Object> values) {
		JsonNode tree = JSON.valueToTree(values);
		removeNulls(tree);
		return tree;
	}

	private static void removeNulls(JsonNode node) {
		if (node instanceof ObjectNode object) {
			object.removeNulls();
		}
		node.forEach(StateCopiesTests::removeNulls);
	}

	@ParameterizedTest
	@CsvSource({ "pool", "hands" })
	void aStateThatIsQuietIsSentNoMore(String kind) {
		join(kind);
		this.present.get(0).request("set", JSON.writeValueAsBytes(Map.of("a", 1))).expectResponse();
		this.rooms.advance(Duration.ofSeconds(1));
		this.present.get(0).state();
		this.rooms.advance(Duration.ofSeconds(1));
		assertThat(this.present.get(0).player().takePushes("room.state", byte[].class)).isEmpty();
	}

}
