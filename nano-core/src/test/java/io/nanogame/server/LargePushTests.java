package io.nanogame.server;

import java.util.concurrent.CountDownLatch;

import io.nanogame.group.Group;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The high-water mark, here a megabyte, limits the queued bytes of a client, and not the
 * size of a new push.
 */
class LargePushTests {

	private static final String LARGE = "a".repeat(700_000);

	private final TestServer server = Line.open(new TestServer());

	@BeforeEach
	void start() {
		this.server.lane("test.pushOnALane", (request) -> pushThree(request.session()))
			.loop("test.pushOnTheLoop", (request) -> pushThree(request.session()))
			.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static String pushThree(Session session) {
		for (int i = 0; i < 3; i++) {
			session.push("onBig", LARGE);
		}
		return "pushed";
	}

	@ParameterizedTest
	@EnumSource
	void onePushAboveTheMarkReachesAClientThatReads(Line line) {
		try (RawClient client = line.connect(this.server.port()).handshake()) {
			Session session = session();
			for (int length : new int[] { 1_048_511, 16_000_000 }) {
				session.push("onBig", "a".repeat(length));
				assertThat(client.readPush("onBig")).hasSize(length + 2);
			}
			assertThat(session.isOpen()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "test.pushOnALane", "test.pushOnTheLoop" })
	void severalPushesOfOneHandlerReachAClientThatReads(String route) {
		for (Line line : Line.values()) {
			try (RawClient client = line.connect(this.server.port()).handshake()) {
				client.request(1, route, "");
				for (int i = 0; i < 3; i++) {
					assertThat(client.readPush("onBig")).hasSize(LARGE.length() + 2);
				}
				assertThat(client.readResponse(1)).isEqualTo("\"pushed\"");
			}
		}
	}

	@Test
	void severalPushesArriveWhenTheLoopIsSlowerThanTheHandler() {
		CountDownLatch gate = new CountDownLatch(1);
		try (RawClient client = this.server.tcp().handshake()) {
			Session session = session();
			SessionHandle.of(session).connection().loop().execute(() -> waitFor(gate));
			pushThree(session);
			gate.countDown();
			readsThree(client);
		}
	}

	@Test
	void severalPushesArriveWhenTheLoopIsFasterThanTheHandler() {
		try (RawClient client = this.server.tcpWithSmallBuffer().handshake()) {
			Session session = session();
			for (int i = 1; i <= 3; i++) {
				session.push("onBig", LARGE);
				int pushes = i;
				await().until(() -> this.server.server().traffic().sent(MessageType.PUSH) == pushes);
			}
			readsThree(client);
		}
	}

	@Test
	void broadcastsCountLikePushes() {
		Group group = this.server.groups.create("all");
		try (RawClient client = this.server.tcpWithSmallBuffer().handshake()) {
			group.add(session());
			for (int i = 0; i < 3; i++) {
				group.broadcast("onBig", LARGE);
			}
			readsThree(client);
			assertThat(session().isOpen()).isTrue();
		}
	}

	private static void readsThree(RawClient client) {
		for (int i = 0; i < 3; i++) {
			assertThat(client.readPush("onBig")).hasSize(LARGE.length() + 2);
		}
	}

	private static void waitFor(CountDownLatch gate) {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Session session() {
		await().until(() -> this.server.sessions.count() == 1);
		return this.server.sessions.all().iterator().next();
	}

}
