package io.nanogame.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests whose handler on another node ends later than the client receives its reply.
 */
class LateHandlersTests {

	private final NatsServer nats = new NatsServer();

	private final CuttableLink link = new CuttableLink(this.nats);

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.link.url(), "room");

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger bought = new AtomicInteger();

	private final List<Integer> boughtBefore = new CopyOnWriteArrayList<>();

	@BeforeEach
	void start() {
		this.room.lane("room.buy", (request) -> {
			this.begun.countDown();
			this.release.await(30, TimeUnit.SECONDS);
			this.bought.incrementAndGet();
			return new Text("bought");
		}).start();
		this.gate.lane("here.next", (request) -> {
			this.boughtBefore.add(this.bought.get());
			return new Text("next");
		}).start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() throws IOException {
		this.release.countDown();
		this.gate.close();
		this.room.close();
		this.link.close();
		this.nats.close();
	}

	/** Returns the text of the reply, or the code of its error. */
	private static Mono<String> buy(NanoClient client) {
		Mono<String> reply = client.request("room.buy", null, Text.class)
			.map(Text::text)
			.onErrorResume(ErrorResponseException.class, (ex) -> Mono.just(ex.code()))
			.cache();
		reply.subscribe();
		return reply;
	}

	@Test
	void aRequestWhoseHandlerHasRunDoesNotFailAsNotBegun() throws InterruptedException {
		try (NanoClient client = this.gate.client()) {
			Mono<String> reply = buy(client);
			assertThat(this.begun.await(10, TimeUnit.SECONDS)).isTrue();
			this.link.cut();
			Awaitility.await().until(() -> !this.room.cluster.isConnected());
			this.link.mend();
			this.release.countDown();
			assertThat(reply.block(Duration.ofSeconds(10))).isIn("bought", "408");
			assertThat(this.bought).hasValue(1);
		}
	}

	@Test
	void theMessageBehindARequestThatHasTimedOutWaitsForItsHandler() throws InterruptedException {
		try (NanoClient client = this.gate.client()) {
			Mono<String> reply = buy(client);
			Mono<Text> next = client.request("here.next", null, Text.class).cache();
			next.subscribe();
			assertThat(this.begun.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(reply.block(Duration.ofSeconds(10))).isEqualTo("408");
			assertThat(this.boughtBefore).isEmpty();
			this.release.countDown();
			Awaitility.await().untilAsserted(() -> assertThat(this.boughtBefore).containsExactly(1));
		}
	}

}
