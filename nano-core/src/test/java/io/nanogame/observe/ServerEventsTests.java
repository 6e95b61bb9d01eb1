package io.nanogame.observe;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.group.Group;
import io.nanogame.net.ListenerSettings;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.RequestException;
import io.nanogame.server.Line;
import io.nanogame.server.MemoryServer;
import io.nanogame.server.TestServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a server reports to a listener, and in which order.
 */
class ServerEventsTests {

	private final RecordedEvents events = new RecordedEvents();

	private final MemoryServer server = new MemoryServer();

	@BeforeEach
	void prepare() {
		this.server.listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", "json"))))
			.with((builder) -> builder.listeners(List.of()).events(List.of(this.events)));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private List<String> reported() {
		this.server.settle();
		return this.events.take();
	}

	private Session session() {
		return this.server.sessions.all().iterator().next();
	}

	@ParameterizedTest
	@EnumSource
	void aSessionIsReportedFromItsOpeningToItsEnd(Client client) {
		this.server.start();
		RawClient connected = client.open(this.server);
		assertThat(reported()).containsExactly("1 opened true");
		client.request(connected, 7, "test.fastEcho", "123");
		assertThat(reported()).containsExactly("1 -> REQUEST 7 test.fastEcho 3", "1 waited test.fastEcho 0",
				"1 handled test.fastEcho SUCCESS 0", "1 <- RESPONSE 7 test.fastEcho 3");
		session().push("onNews", Map.of("a", 1));
		assertThat(reported()).containsExactly("1 <- PUSH 0 onNews 7");
		connected.close();
		assertThat(reported()).containsExactly("1 closed client-closed false");
	}

	@Test
	void aCutAndAResumeAreReported() {
		this.server.start();
		RawClient cut = this.server.connect();
		String token = token(cut.sendBytes(RawClient.packet(1, bytes("{\"sys\":{\"resume\":{}}}"))).read().text());
		cut.sendHex("02000000");
		assertThat(reported()).containsExactly("1 opened true");
		session().push("onNews", 1);
		cut.close();
		assertThat(reported()).containsExactly("1 <- PUSH 0 onNews 1", "1 detached client-closed");
		this.server.advance(Duration.ofSeconds(3));
		RawClient resuming = this.server.connect();
		resuming.sendBytes(RawClient.packet(1,
				bytes("{\"sys\":{\"resume\":{\"token\":\"%s\",\"received\":0}}}".formatted(token))));
		assertThat(resuming.read().text()).contains("\"state\":\"resumed\"");
		resuming.sendHex("02000000");
		assertThat(resuming.readPush("onNews")).isEqualTo("1");
		assertThat(reported()).containsExactly("1 resumed 3000000000 1");
		session().kick("enough");
		assertThat(reported()).containsExactly("1 closed kick false");
	}

	private static String token(String reply) {
		return reply.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
	}

	private static byte[] bytes(String text) {
		return MemoryServer.bytes(text);
	}

	@ParameterizedTest
	@EnumSource
	void aKickIsReportedOnceBehindWhatWasSentBefore(Client client) {
		this.server.start();
		RawClient connected = client.open(this.server);
		Session session = session();
		reported();
		session.push("onNews", Map.of("a", 1));
		session.kick("enough");
		session.push("onNews", Map.of("b", 1));
		assertThat(reported()).containsExactly("1 <- PUSH 0 onNews 7", "1 closed kick false");
		connected.close();
		assertThat(reported()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aRejectedHandshakeIsAnEndWithoutASession(Client client) {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			handshake.session().bind("ann");
			throw new HandshakeRefusedException(401, "no");
		}))).start();
		try (RawClient rejected = client.connect(this.server)) {
			client.greet(rejected);
			assertThat(reported()).containsExactly("none ended 1 memory handshake-refused");
		}
		assertThat(reported()).isEmpty();
	}

	@Test
	void aClientThatHangsUpOrIsLateInItsHandshakeIsAnEndWithoutASession() {
		this.server.start();
		this.server.connect().close();
		assertThat(reported()).containsExactly("none ended 1 memory client-closed");
		this.server.connect();
		this.server.advance(Duration.ofMinutes(1));
		assertThat(reported()).containsExactly("none ended 2 memory handshake-timeout");
	}

	@Test
	void aClientWithoutAPlaceIsAnEndWithoutASession() {
		TransportLimits limits = new TransportLimits(1, 0, 0, 0, Map.of(), OnExcess.ANSWER);
		this.server.settings(MemoryServer.settings((it) -> it.limits(limits))).start();
		this.server.connect();
		this.server.connect();
		assertThat(reported()).containsExactly("none ended 2 memory too-many-connections");
	}

	@ParameterizedTest
	@EnumSource
	void onSocketsAllThisIsReportedToo(Line line) {
		try (TestServer sockets = Line.open(new TestServer())) {
			sockets.with((builder) -> builder.events(List.of(this.events))).start();
			line.connect(sockets.port()).close();
			await().untilAsserted(() -> assertThat(this.events.lines()).singleElement()
				.asString()
				.matches("none ended [1-9][0-9]+ " + (line.isWebSocket() ? "websocket" : "tcp") + " client-closed"));
			this.events.take();
			try (RawClient client = line.connect(sockets.port()).handshake()) {
				client.request(1, "test.fastEcho", "1").readResponse(1);
			}
			await().untilAsserted(
					() -> assertThat(this.events.lines()).startsWith("1 opened true", "1 -> REQUEST 1 test.fastEcho 1")
						.endsWith("1 <- RESPONSE 1 test.fastEcho 1", "1 closed client-closed false"));
		}
	}

	@Test
	void aLoginThatIsRefusedAtTheOpeningIsAnEndWithoutASession() {
		try (MemoryServer strict = new MemoryServer(0, LoginPolicy.REFUSE)) {
			strict
				.with((builder) -> builder.events(List.of(this.events))
					.handshakeValidators(List.of((handshake) -> handshake.session().bind("ann"))))
				.start();
			RawClient first = strict.connect().sendHex("01000000");
			RawClient second = strict.connect().sendHex("01000000");
			strict.settle();
			first.sendHex("02000000");
			second.sendHex("02000000");
			strict.settle();
			assertThat(this.events.take()).containsExactly("1 opened true", "none ended 2 memory already-logged-in");
			first.close();
			second.close();
		}
	}

	@Test
	void theOutcomeOfAHandlerIsReported() {
		this.server.loop("test.fail", (request) -> {
			throw new IllegalStateException("on purpose");
		}).loop("test.refuse", (request) -> {
			throw new RequestException(403, "no");
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			reported();
			client.request(1, "test.fail", "").readResponse(1);
			assertThat(reported()).contains("1 waited test.fail 0", "1 handled test.fail FAILED 0");
			client.request(2, "test.refuse", "").readResponse(2);
			assertThat(reported()).contains("1 waited test.refuse 0", "1 handled test.refuse REFUSED 0");
		}
	}

	@Test
	void aMessageWithoutAHandlerIsReportedAsReceived() {
		this.server.start();
		try (RawClient client = this.server.connect().handshake()) {
			reported();
			client.notify("no.such", "12");
			assertThat(reported()).containsExactly("1 -> NOTIFY 0 no.such 2");
		}
	}

	@Test
	void aListenerMayCloseASessionThatOpens() {
		this.server.with((builder) -> builder.events(List.of(new ServerEvents() {

			@Override
			public void sessionOpened(Session session) {
				session.kick("full");
			}

		}))).start();
		try (RawClient client = this.server.connect().handshake()) {
			assertThat(client.readKick()).contains("full");
			assertThat(reported()).containsExactly("1 opened true", "1 closed kick false");
		}
	}

	@ParameterizedTest
	@EnumSource
	void theListenersBehindOneThatClosesASessionAreNotifiedOfItsOpeningFirst(Client client) {
		RecordedEvents behind = new RecordedEvents();
		this.server.with((builder) -> builder.events(List.of(new ServerEvents() {

			@Override
			public void sessionOpened(Session session) {
				session.kick("full");
			}

		}, behind))).start();
		client.open(this.server).close();
		this.server.settle();
		assertThat(behind.lines()).containsExactly("1 opened false", "1 closed kick false");
	}

	@ParameterizedTest
	@EnumSource
	void theListenersBehindOneThatClosesASessionAreNotifiedOfItsMessageFirst(Client client) {
		RecordedEvents behind = new RecordedEvents();
		this.server.with((builder) -> builder.events(List.of(new Closing(MessageType.REQUEST), behind))).start();
		RawClient connected = client.open(this.server);
		client.request(connected, 1, "test.fastEcho", "1");
		this.server.settle();
		assertThat(behind.lines()).startsWith("1 opened true", "1 -> REQUEST 1 test.fastEcho 1")
			.endsWith("1 closed kick false");
	}

	@ParameterizedTest
	@EnumSource
	void theListenersBehindOneThatClosesASessionAreNotifiedOfAResponseFirst(Client client) {
		RecordedEvents behind = new RecordedEvents();
		this.server.with((builder) -> builder.events(List.of(new Closing(MessageType.RESPONSE), behind))).start();
		RawClient connected = client.open(this.server);
		client.request(connected, 1, "test.fastEcho", "1");
		this.server.settle();
		assertThat(behind.lines()).endsWith("1 <- RESPONSE 1 test.fastEcho 1", "1 closed kick false");
	}

	@Test
	void anObservedBroadcastReachesAllMembersBeforeAnythingThatItCauses() {
		this.server.with((builder) -> builder.outboundInterceptors(List.of((session, message) -> {
			if (message.route().equals("onNews") && session.id() == 2) {
				session.push("onMore", "1");
			}
			return message;
		}))).start();
		List<RawClient> clients = List.of(this.server.connect().handshake(), this.server.connect().handshake());
		this.server.settle();
		Group group = this.server.groups.create("all");
		this.server.sessions.all().forEach(group::add);
		reported();
		group.broadcast("onNews", "1");
		assertThat(reported()).containsExactly("1 <- PUSH 0 onNews 3", "2 <- PUSH 0 onNews 3", "2 <- PUSH 0 onMore 3");
		clients.forEach(RawClient::close);
	}

	@Test
	void aListenerThatThrowsHarmsNeitherTheServerNorTheNextListener() {
		RecordedEvents next = new RecordedEvents();
		this.server.with((builder) -> builder.events(List.of(new Failing(), next))).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.fastEcho", "1");
			assertThat(client.readResponse(1)).isEqualTo("1");
		}
		this.server.connect().close();
		this.server.settle();
		assertThat(next.take()).isEqualTo(this.events.take()).hasSize(7);
	}

	@Test
	void observersAreRequestedOnce() {
		List<String> requested = new CopyOnWriteArrayList<>();
		this.server.with((builder) -> builder.events(List.of(new ServerEvents() {

			@Override
			public MessageObserver messages() {
				requested.add("messages");
				return null;
			}

			@Override
			public HandlerObserver handler(String route) {
				requested.add(route);
				return null;
			}

		}))).start();
		assertThat(requested).containsExactlyInAnyOrder("messages", "test.echo", "test.fastEcho");
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.fastEcho", "1").readResponse(1);
		}
		assertThat(requested).hasSize(3);
	}

	@Test
	void thereAreNoObserversUnlessAListenerHasOne() {
		ServerEvents none = ServerEvents.of(List.of(ServerEvents.NONE, new ConnectionLog()));
		assertThat(none.messages()).isNull();
		assertThat(none.handler("room.join")).isNull();
		assertThat(none.calls("bank")).isNull();
	}

	@Test
	void listenersAreNotifiedInTheirOrder() {
		List<String> called = new ArrayList<>();
		ServerEvents all = ServerEvents.of(List.of(new Named("a", called), new Named("b", called)));
		all.calls("bank").called(CallOutcome.SUCCESS, 1);
		all.sessionOpened(null);
		assertThat(called).containsExactly("a bank", "b bank", "a opened", "b opened");
	}

	@Test
	void aListenerThatCannotProvideAnObserverHasNone() {
		List<String> called = new ArrayList<>();
		ServerEvents all = ServerEvents.of(List.of(new Failing(), new Named("b", called)));
		all.calls("bank").called(CallOutcome.SUCCESS, 1);
		assertThat(called).containsExactly("b bank");
	}

	/** A client of each protocol. */
	enum Client {

		POMELO {

			@Override
			RawClient connect(MemoryServer server) {
				return server.connect();
			}

			@Override
			void greet(RawClient client) {
				client.sendHex("01000000");
			}

			@Override
			RawClient open(MemoryServer server) {
				return server.connect().handshake();
			}

			@Override
			void request(RawClient client, int id, String route, String body) {
				client.request(id, route, body);
			}

		},

		JSON {

			@Override
			RawClient connect(MemoryServer server) {
				return server.connectJson();
			}

			@Override
			void greet(RawClient client) {
				client.sendBytes(MemoryServer.bytes("{\"handshake\":{}}"));
			}

			@Override
			RawClient open(MemoryServer server) {
				RawClient client = connect(server);
				greet(client);
				server.settle();
				return client;
			}

			@Override
			void request(RawClient client, int id, String route, String body) {
				client.sendBytes(
						MemoryServer.bytes("{\"route\":\"%s\",\"id\":%d,\"body\":%s}".formatted(route, id, body)));
			}

		};

		abstract RawClient connect(MemoryServer server);

		abstract void greet(RawClient client);

		abstract RawClient open(MemoryServer server);

		abstract void request(RawClient client, int id, String route, String body);

	}

	/** Closes the session of each message of a type. */
	private record Closing(MessageType closes) implements ServerEvents, MessageObserver {

		@Override
		public MessageObserver messages() {
			return this;
		}

		@Override
		public void received(Session session, MessageType type, long id, String route, int length) {
			if (type == this.closes) {
				session.kick("enough");
			}
		}

		@Override
		public void sent(Session session, MessageType type, long id, String route, int length) {
			received(session, type, id, route, length);
		}

	}

	/** Throws whatever it is notified of, and its observers do. */
	private static final class Failing implements ServerEvents, MessageObserver {

		private static IllegalStateException failure() {
			return new IllegalStateException("on purpose");
		}

		@Override
		public void sessionOpened(Session session) {
			throw failure();
		}

		@Override
		public void sessionClosed(Session session, CloseReason reason) {
			throw failure();
		}

		@Override
		public void connectionEnded(SocketAddress address, String transport, CloseReason reason) {
			throw failure();
		}

		@Override
		public MessageObserver messages() {
			return this;
		}

		@Override
		public void received(Session session, MessageType type, long id, String route, int length) {
			throw failure();
		}

		@Override
		public void sent(Session session, MessageType type, long id, String route, int length) {
			throw failure();
		}

		@Override
		public HandlerObserver handler(String route) {
			return new HandlerObserver() {

				@Override
				public void waited(Session session, long nanos) {
					throw failure();
				}

				@Override
				public void handled(Session session, Outcome outcome, long nanos) {
					throw failure();
				}

			};
		}

		@Override
		public CallObserver calls(String service) {
			throw failure();
		}

	}

	private record Named(String name, List<String> called) implements ServerEvents {

		@Override
		public void sessionOpened(Session session) {
			this.called.add(this.name + " opened");
		}

		@Override
		public CallObserver calls(String service) {
			return (outcome, nanos) -> this.called.add(this.name + " " + service);
		}

	}

}
