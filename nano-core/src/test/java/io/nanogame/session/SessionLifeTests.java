package io.nanogame.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nanogame.group.Group;
import io.nanogame.lane.Lane;
import io.nanogame.route.Request;
import io.nanogame.server.MemoryServer;
import io.nanogame.server.TestServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A session from the first byte of a client to its last, on a real server.
 */
class SessionLifeTests {

	private final MemoryServer memory = new MemoryServer();

	private TestServer server = this.memory;

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final CountDownLatch goOn = new CountDownLatch(1);

	private final SessionListener listener = new SessionListener() {

		@Override
		public void opened(Session session) {
			note("opened", session);
		}

		@Override
		public void closed(Session session, CloseReason reason) {
			note("closed " + reason.code(), session);
		}

		private void note(String what, Session session) {
			boolean found = SessionLifeTests.this.server.sessions.find(session.id()).isPresent();
			SessionLifeTests.this.events.add(what + (found ? ", found" : ""));
		}

	};

	@BeforeEach
	void notes() {
		this.server.with((builder) -> builder.sessionListeners(List.of(this.listener)))
			.lane("life.note", this::note)
			.loop("life.fastNote", this::note)
			.lane("life.slowNote", (request) -> {
				this.goOn.await(10, TimeUnit.SECONDS);
				return note(request);
			});
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private Object note(Request request) {
		this.events.add(text(request));
		return null;
	}

	private static String text(Request request) {
		return new String(request.body(), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "websocket" })
	void itsEventsComeInOrderWithItsMessages(String transport) {
		this.server = new TestServer();
		notes();
		Group everybody = this.server.groups.create("everybody");
		this.server.lane("life.join", (request) -> {
			everybody.add(request.session());
			request.session().onClose((closed) -> this.events.add("onClose, member: " + everybody.contains(closed)));
			return null;
		}).start();
		try (RawClient client = transport.equals("tcp") ? this.server.tcp() : this.server.webSocket()) {
			client.handshake().request(1, "life.join", "");
			client.readResponse(1);
			client.notify("life.slowNote", "1").notify("life.fastNote", "2").notify("life.note", "3");
		}
		await().until(everybody::isEmpty);
		assertThat(this.events).as("nothing overtakes what is being handled").hasSize(1);
		this.goOn.countDown();
		await().until(() -> this.events.size() == 6);
		assertThat(this.events).containsExactly("opened, found", "1", "2", "3", "onClose, member: false",
				"closed client-closed");
	}

	@Test
	void ofAKickedSessionOnlyTheEndIsStillTold() {
		this.server.lane("life.kick", (request) -> {
			request.session().onClose((closed) -> this.events.add("onClose"));
			request.session().kick("enough");
			return null;
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "life.kick", "").notify("life.note", "never").notify("life.fastNote", "never");
			assertThat(client.readKick()).isEqualTo("{\"reason\":\"enough\"}");
		}
		this.memory.settle();
		assertThat(this.events).containsExactly("opened, found", "onClose", "closed kick");
	}

	@Test
	void itsEndIsToldThoughAHandlersResultNeverComes() {
		Duration timeout = Duration.ofSeconds(20);
		this.server.settings(TestServer.settings((it) -> it.requestTimeout(timeout)));
		this.server.lane("life.never", (request) -> new CompletableFuture<>()).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "life.never", "");
			this.memory.settle();
		}
		this.server.advance(timeout);
		assertThat(this.events).containsExactly("opened, found");
		this.server.advance(Duration.ofSeconds(1));
		assertThat(this.events).containsExactly("opened, found", "closed client-closed");
	}

	@Test
	void onALaneItIsServedThereFromTheNextMessageOn() {
		Lane room = this.server.lanes.create("room");
		this.server.lane("life.enter", (request) -> {
			request.session().moveTo(room);
			return room.isCurrent();
		}).lane("life.leave", (request) -> {
			request.session().moveTo(null);
			return room.isCurrent();
		})
			.lane("life.where", (request) -> room.isCurrent())
			.loop("life.whereFast", (request) -> room.isCurrent())
			.start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "life.where", "").request(2, "life.enter", "").request(3, "life.where", "");
			client.request(4, "life.whereFast", "").request(5, "life.leave", "").request(6, "life.whereFast", "");
			List<String> expected = List.of("false", "false", "true", "true", "true", "false");
			for (int id = 1; id <= 6; id++) {
				assertThat(client.readResponse(id)).isEqualTo(expected.get(id - 1));
			}
		}
	}

	@Test
	void aDeferredRequestIsAnsweredByItsIdOnce() {
		this.server.lane("life.later", (request) -> request.defer().id()).lane("life.respond", (request) -> {
			Session session = request.session();
			long id = Long.parseLong(text(request));
			return List.of(session.respond(id, "late"), session.respond(id, "again"), session.respond(1, "no"));
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.echo", "0").request(300, "life.later", "").request(2, "life.respond", "300");
			assertThat(client.readResponse(1)).isEqualTo("0");
			assertThat(client.readResponse(300)).isEqualTo("\"late\"");
			assertThat(client.readResponse(2)).isEqualTo("[true,false,false]");
		}
	}

	@Test
	void whatWasPushedBeforeTheCloseArrivesAndNothingAfter() {
		this.server.lane("life.bye", (request) -> {
			Session session = request.session();
			session.push("onBye", 1);
			session.close();
			session.push("onBye", 2);
			return "too late";
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "life.bye", "");
			assertThat(client.readData().payload()).isEqualTo("1");
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
		}
	}

}
