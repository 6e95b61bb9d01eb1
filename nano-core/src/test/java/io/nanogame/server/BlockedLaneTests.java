package io.nanogame.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.lane.Lane;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.session.CloseReason;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One handler that never returns, on a lane that others need.
 */
class BlockedLaneTests {

	private static final int BACKLOG = 4;

	private static final Duration HEARTBEAT = Duration.ofSeconds(30);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String NOT_BEGUN = "{\"code\":503,\"msg\":\"not begun in time\"}";

	private final CountDownLatch gate = new CountDownLatch(1);

	private final CountDownLatch stuck = new CountDownLatch(1);

	/**
	 * A thread that is not the server's: the manual time waits for tasks of the server.
	 */
	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private final MemoryServer server = new MemoryServer();

	@BeforeEach
	void start() {
		Lane bank = new Lane("bank", this.thread, 100);
		this.server
			.settings(TestServer.settings((it) -> it.heartbeat(HEARTBEAT).requestTimeout(TIMEOUT).maxBacklog(BACKLOG)))
			.route(Route.of("bank.stuck", this::waitForTheGate).on(bank))
			.route(Route.of("bank.pay", Request::body).on(bank))
			.start();
	}

	private Object waitForTheGate(Request request) throws InterruptedException {
		this.stuck.countDown();
		this.gate.await();
		return request.body();
	}

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.server.close();
		this.thread.shutdown();
	}

	@Test
	void everyRequestGetsAResponseAndLiveClientsAreServed() throws InterruptedException {
		try (RawClient stuck = this.server.connect().handshake(); RawClient other = this.server.connect().handshake()) {
			stuck.request(1, "bank.stuck", "1");
			this.stuck.await();
			this.server.advance(TIMEOUT.plusSeconds(1));
			assertThat(stuck.readResponse(1)).isEqualTo("{\"code\":408,\"msg\":\"timed out\"}");
			for (int id = 1; id <= BACKLOG; id++) {
				other.request(id, "bank.pay", "1");
			}
			this.server.advance(TIMEOUT.plusSeconds(1));
			for (int id = 1; id <= BACKLOG; id++) {
				assertThat(other.readResponse(id)).isEqualTo(NOT_BEGUN);
			}
			// Reading continues although its queue is stuck; the queue stays short.
			assertThat(other.request(9, "bank.pay", "1").readResponse(9)).isEqualTo("{\"code\":503,\"msg\":\"busy\"}");
			this.gate.countDown();
			await().untilAsserted(() -> assertThat(this.server.server().transport().connections().backlog()).isZero());
			await().until(() -> !other.request(10, "bank.pay", "\"paid\"").readResponse(10).contains("busy"));
		}
	}

	@Test
	void aSilentlyLostClientIsDetectedWhileItsRequestsArePending() {
		try (RawClient stuck = this.server.connect().handshake();
				RawClient silent = this.server.connect().handshake()) {
			stuck.request(1, "bank.stuck", "1");
			for (int id = 1; id <= BACKLOG; id++) {
				silent.request(id, "bank.pay", "1");
			}
			this.server.advance(HEARTBEAT.multipliedBy(2));
			assertThat(closed()).isZero();
			this.server.advance(HEARTBEAT);
			assertThat(closed()).isEqualTo(2);
		}
	}

	private long closed() {
		return this.server.server().traffic().closed(CloseReason.HEARTBEAT_TIMEOUT.code());
	}

}
