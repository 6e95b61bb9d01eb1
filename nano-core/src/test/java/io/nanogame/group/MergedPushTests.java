package io.nanogame.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.net.ListenerSettings;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.serialize.MergeForm;
import io.nanogame.serialize.MergedPayload;
import io.nanogame.serialize.SerializationException;
import io.nanogame.server.MemoryServer;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The pushes of a room whose broadcasts are merged, in a time that stands still.
 */
class MergedPushTests {

	private static final Duration WINDOW = Duration.ofMillis(50);

	private static final int MAX_LENGTH = 1000;

	private final List<OutboundInterceptor> interceptors = new ArrayList<>();

	private final MemoryServer server = new MemoryServer();

	private final Groups groups = new Groups(this.server.payloads, this.server.timers,
			GroupSettings.of(0, new MergedRoutes(List.of(route("onChat"), route("onGift")))));

	private final Group room = this.groups.create("room");

	private static MergedRoute route(String name) {
		return new MergedRoute(name, WINDOW, MAX_LENGTH, new MergeForm("items"));
	}

	private void start() {
		this.server.lane("test.join", (request) -> {
			this.room.add(request.session());
			return request.session().id();
		})
			.listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", "json"))))
			.with((builder) -> builder.outboundInterceptors(this.interceptors).gracePeriod(Duration.ofSeconds(5)))
			.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawClient member() {
		RawClient client = this.server.connect().handshake().request(1, "test.join", "");
		client.readResponse(1);
		return client;
	}

	private Session session(int number) {
		return this.server.sessions.all().stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList().get(number);
	}

	/** Ends the open windows, and sends a last push. */
	private void end() {
		this.server.advance(WINDOW);
		this.server.sessions.all().forEach((session) -> session.push("onEnd", "end"));
		this.server.settle();
	}

	/** Returns the routes and payloads of all pushes before the last one. */
	private static List<String> received(RawClient client) {
		List<String> pushes = new ArrayList<>();
		String push;
		while (!(push = new String(client.readData().body(), StandardCharsets.UTF_8)).endsWith("onEnd\"end\"")) {
			pushes.add(push.substring(push.indexOf("on")));
		}
		return pushes;
	}

	@Test
	void theBroadcastsOfAWindowAreOnePush() {
		start();
		try (RawClient ann = member(); RawClient bob = member()) {
			this.room.broadcast("onChat", "one");
			this.server.advance(WINDOW.minusMillis(1));
			this.room.broadcast("onChat", Map.of("text", "two"));
			this.server.advance(Duration.ofMillis(1));
			this.room.broadcast("onChat", 3);
			end();
			assertThat(received(ann)).isEqualTo(received(bob))
				.containsExactly("onChat{\"items\":[\"one\",{\"text\":\"two\"}]}", "onChat{\"items\":[3]}");
		}
	}

	@Test
	void nothingIsSentBeforeTheEndOfTheWindow() {
		start();
		try (RawClient ann = member()) {
			this.room.broadcast("onChat", 1);
			this.server.advance(WINDOW.minusMillis(1));
			session(0).push("onEnd", "end");
			this.server.settle();
			assertThat(received(ann)).isEmpty();
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[1]}");
		}
	}

	@Test
	void anItemIsWrittenWhenItIsBroadcast() {
		start();
		try (RawClient ann = member()) {
			Map<String, Integer> position = new HashMap<>(Map.of("x", 1));
			this.room.broadcast("onChat", position);
			position.put("x", 2);
			this.room.broadcast("onChat", position);
			position.put("x", 3);
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[{\"x\":1},{\"x\":2}]}");
		}
	}

	@Test
	void anyOtherPushOfTheGroupFollowsTheEarlierItems() {
		start();
		try (RawClient ann = member()) {
			this.room.broadcast("onChat", 1);
			this.room.broadcast("onNews", 2);
			this.room.broadcast("onChat", 3);
			this.room.broadcast("onGift", 4);
			this.room.multicast("onNews", 5, (session) -> true);
			this.room.broadcast("onChat", 6);
			this.room.pushLatest("onNews", () -> 7);
			this.room.broadcast("onChat", 8);
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[1]}", "onNews2", "onChat{\"items\":[3]}",
					"onGift{\"items\":[4]}", "onNews5", "onChat{\"items\":[6]}", "onNews7", "onChat{\"items\":[8]}");
		}
	}

	@Test
	void aMulticastToOthersAlsoFollowsTheEarlierItems() {
		start();
		try (RawClient ann = member(); RawClient bob = member()) {
			this.room.broadcast("onChat", 1);
			this.room.multicast("onChat", 2, (session) -> session == session(1));
			this.room.broadcast("onChat", 3);
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[1]}", "onChat{\"items\":[3]}");
			assertThat(received(bob)).containsExactly("onChat{\"items\":[1]}", "onChat2", "onChat{\"items\":[3]}");
		}
	}

	@Test
	void aSessionReceivesTheItemsOfItsMembership() {
		start();
		try (RawClient ann = member(); RawClient bob = this.server.connect().handshake()) {
			bob.request(1, "test.echo", "").readResponse(1);
			this.room.broadcast("onChat", 1);
			this.room.add(session(1));
			this.room.broadcast("onChat", 2);
			this.room.leave(session(1));
			this.room.broadcast("onChat", 3);
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[1]}", "onChat{\"items\":[2]}",
					"onChat{\"items\":[3]}");
			assertThat(received(bob)).containsExactly("onChat{\"items\":[2]}");
		}
	}

	@Test
	void theMembersOfAClosedGroupReceiveItsItems() {
		start();
		try (RawClient ann = member()) {
			this.room.broadcast("onChat", 1);
			this.room.broadcast("onChat", 2);
			this.room.close();
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[1,2]}");
		}
	}

	@Test
	void aSessionThatIsClosedReceivesTheEarlierItemsFirst() {
		start();
		try (RawClient ann = member(); RawClient bob = member()) {
			this.room.broadcast("onChat", 1);
			session(0).kick("enough");
			this.server.settle();
			assertThat(ann.readPush("onChat")).isEqualTo("{\"items\":[1]}");
			assertThat(ann.readKick()).contains("enough");
			end();
			assertThat(received(bob)).containsExactly("onChat{\"items\":[1]}");
		}
	}

	@Test
	void aStopSendsTheItems() {
		start();
		try (RawClient ann = member()) {
			this.room.broadcast("onChat", 1);
			this.server.server().stop();
			assertThat(ann.readPush("onChat")).isEqualTo("{\"items\":[1]}");
		}
	}

	@Test
	void itemsThatWouldBecomeTooLongAreSentBefore() {
		start();
		try (RawClient ann = member()) {
			String half = "x".repeat(MAX_LENGTH / 2);
			this.room.broadcast("onChat", 1);
			this.room.broadcast("onChat", half);
			this.room.broadcast("onChat", half);
			this.room.broadcast("onChat", "x".repeat(MAX_LENGTH));
			this.room.broadcast("onChat", 2);
			this.server.settle();
			session(0).push("onEnd", "end");
			assertThat(received(ann)).containsExactly("onChat{\"items\":[1,\"" + half + "\"]}",
					"onChat{\"items\":[\"" + half + "\"]}", "onChat{\"items\":[\"" + "x".repeat(MAX_LENGTH) + "\"]}");
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[2]}");
		}
	}

	@Test
	void anItemThatIsTooLongForAPacketFailsAndOthersAreSent() {
		start();
		try (RawClient ann = member()) {
			this.room.broadcast("onChat", 1);
			byte[] tooLong = ("\"" + "x".repeat(this.server.payloads.maxLength() - 4) + "\"").getBytes();
			assertThatExceptionOfType(SerializationException.class)
				.isThrownBy(() -> this.room.broadcast("onChat", tooLong));
			this.room.broadcast("onChat", 2);
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[1,2]}");
		}
	}

	@Test
	void directPushesAreNotMergedAndMayOvertake() {
		start();
		try (RawClient ann = member()) {
			this.room.broadcast("onChat", 1);
			session(0).push("onChat", 2);
			end();
			assertThat(received(ann)).containsExactly("onChat2", "onChat{\"items\":[1]}");
		}
	}

	@Test
	void clientsOfJsonTextReceiveTheSameItems() {
		start();
		try (RawClient ann = member(); RawClient bob = this.server.connectJson()) {
			bob.sendBytes("{\"route\":\"test.join\",\"id\":1}".getBytes());
			assertThat(bob.readLine()).contains("\"id\":1");
			this.room.broadcast("onChat", "one");
			this.room.broadcast("onChat", "not JSON".getBytes());
			this.server.advance(WINDOW);
			assertThat(ann.readPush("onChat")).isEqualTo("{\"items\":[\"one\",\"bm90IEpTT04=\"]}");
			assertThat(bob.readLine())
				.isEqualTo("{\"route\":\"onChat\",\"body\":{\"items\":[\"one\",\"bm90IEpTT04=\"]}}");
		}
	}

	@Test
	void interceptorsReceiveTheMergedPushOnce() {
		List<Object> seen = new CopyOnWriteArrayList<>();
		this.interceptors.add((session, message) -> {
			if (message.value() instanceof MergedPayload merged) {
				seen.add(merged.items());
				List<Object> even = merged.items().stream().filter((item) -> (int) item % 2 == 0).toList();
				return even.isEmpty() ? null : message.withValue(new MergedPayload(merged.form(), even));
			}
			return message;
		});
		start();
		try (RawClient ann = member()) {
			for (int i = 1; i <= 4; i++) {
				this.room.broadcast("onChat", i);
			}
			end();
			assertThat(received(ann)).containsExactly("onChat{\"items\":[2,4]}");
			assertThat(seen).containsExactly(List.of(1, 2, 3, 4));
		}
	}

	@Test
	void aRoomWithoutMembersHasNoTimers() {
		start();
		this.room.broadcast("onChat", 1);
		this.server.settle();
		assertThat(this.server.timers.time().stop()).isEmpty();
	}

}
