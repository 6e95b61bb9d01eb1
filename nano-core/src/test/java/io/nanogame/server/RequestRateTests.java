package io.nanogame.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.limit.Limit;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients above the rate of requests. A session may send five requests to
 * {@code test.count}, and the sixth only after a thousand seconds, so that no test
 * depends on time. The other routes have no limit.
 */
class RequestRateTests {

	private static final String TOO_MANY = "{\"code\":429,\"msg\":\"too many requests\"}";

	private static final String PITAYA = "{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\"}}";

	private final AtomicInteger handled = new AtomicInteger();

	private final List<CloseReason> reasons = new CopyOnWriteArrayList<>();

	private final MemoryServer server = new MemoryServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void start(OnExcess onExcess) {
		TransportLimits limits = new TransportLimits(0, 0, 1, 5000,
				Map.of("test.count", 1000, "test.free", 0, "test.later", 0), onExcess);
		this.server.settings(TestServer.settings((it) -> it.limits(limits)))
			.lane("test.count", (request) -> this.handled.incrementAndGet())
			.lane("test.free", (request) -> "free")
			.with((builder) -> builder.sessionListeners(List.of(new SessionListener() {

				@Override
				public void closed(Session session, CloseReason reason) {
					RequestRateTests.this.reasons.add(reason);
				}

			})))
			.start();
	}

	private long exceeded() {
		return this.server.server().transport().limits().stream().mapToLong(Limit::timesExceeded).sum();
	}

	private void useUp(RawClient client) {
		for (int i = 1; i <= 5; i++) {
			client.request(i, "test.count", "");
		}
		for (int i = 1; i <= 5; i++) {
			assertThat(client.readResponse(i)).doesNotContain("429");
		}
	}

	@Test
	void aRequestAboveTheRateFailsWith429AndTheConnectionStaysOpen() {
		start(OnExcess.ANSWER);
		try (RawClient first = this.server.connect().handshake();
				RawClient second = this.server.connect().handshake()) {
			for (RawClient client : List.of(first, second)) {
				useUp(client);
				assertThat(client.request(6, "test.count", "").readResponse(6)).isEqualTo(TOO_MANY);
				assertThat(client.request(7, "test.count", "").readResponse(7)).isEqualTo(TOO_MANY);
				assertThat(client.request(8, "test.free", "").readResponse(8)).isEqualTo("\"free\"");
			}
		}
		assertThat(this.handled).hasValue(10);
		assertThat(exceeded()).isEqualTo(4);
	}

	@Test
	void aNotifyAboveTheRateIsDropped() {
		start(OnExcess.ANSWER);
		try (RawClient client = this.server.connect().handshake()) {
			useUp(client);
			client.notify("test.count", "").request(0, "test.count", "").request(8, "test.free", "");
			assertThat(client.readData().id()).isEqualTo(8);
			assertThat(this.handled).hasValue(5);
			assertThat(exceeded()).isEqualTo(2);
		}
	}

	@Test
	void eachClientHasItsOwnAllowance() {
		start(OnExcess.ANSWER);
		try (RawClient greedy = this.server.connect().handshake();
				RawClient modest = this.server.connect().handshake()) {
			useUp(greedy);
			assertThat(greedy.request(6, "test.count", "").readResponse(6)).isEqualTo(TOO_MANY);
			useUp(modest);
		}
	}

	@Test
	void aReconnectedClientKeepsItsSpentAllowance() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			if (handshake.request().user().has("uid")) {
				handshake.session().bind(handshake.request().user().get("uid").asString());
			}
		})));
		start(OnExcess.ANSWER);
		String ann = "{\"user\":{\"uid\":\"ann\"}}";
		try (RawClient greedy = this.server.connect()) {
			greedy.handshake(ann);
			useUp(greedy);
		}
		this.server.settle();
		try (RawClient again = this.server.connect(); RawClient other = this.server.connect().handshake()) {
			again.handshake(ann);
			assertThat(again.request(6, "test.count", "").readResponse(6)).isEqualTo(TOO_MANY);
			useUp(other);
		}
	}

	@Test
	void theErrorDoesNotWaitForRequestsInFlight() {
		CompletableFuture<String> later = new CompletableFuture<>();
		this.server.loop("test.later", (request) -> later);
		start(OnExcess.ANSWER);
		try (RawClient client = this.server.connect().handshake()) {
			useUp(client);
			client.request(6, "test.later", "").request(7, "test.count", "");
			assertThat(client.readResponse(7)).isEqualTo(TOO_MANY);
			later.complete("later");
			assertThat(client.readResponse(6)).isEqualTo("\"later\"");
		}
	}

	@Test
	void pitayaReadsItsOwnCode() {
		start(OnExcess.ANSWER);
		try (RawClient client = this.server.connect()) {
			client.handshake(PITAYA);
			useUp(client);
			RawPacket answer = client.request(6, "test.count", "").readData();
			assertThat(answer.payload()).isEqualTo("{\"code\":\"PIT-429\",\"msg\":\"too many requests\"}");
			assertThat(answer.hasErrorFlag()).isTrue();
		}
	}

	@Test
	void aRequestAboveTheRateMayBeDropped() {
		start(OnExcess.DROP);
		try (RawClient client = this.server.connect().handshake()) {
			useUp(client);
			client.request(6, "test.count", "").request(7, "test.free", "");
			assertThat(client.readData().id()).isEqualTo(7);
			assertThat(this.handled).hasValue(5);
			assertThat(exceeded()).isOne();
		}
	}

	@Test
	void aClientAboveTheRateMayBeKickedWithoutEffectOnOthers() {
		start(OnExcess.KICK);
		try (RawClient greedy = this.server.connect().handshake();
				RawClient modest = this.server.connect().handshake()) {
			useUp(greedy);
			assertThat(greedy.notify("test.count", "").readKick()).isEqualTo("{\"reason\":\"too many requests\"}");
			useUp(modest);
			this.server.settle();
			assertThat(this.reasons).containsExactly(CloseReason.TOO_MANY_REQUESTS);
			assertThat(exceeded()).isOne();
		}
	}

}
