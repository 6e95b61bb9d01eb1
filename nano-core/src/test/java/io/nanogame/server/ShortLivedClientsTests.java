package io.nanogame.server;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.Validations;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that connect and disconnect while a validator is slow.
 */
class ShortLivedClientsTests {

	private static final int STRANGERS = 1000;

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger validated = new AtomicInteger();

	private final HandshakeValidator slow = (handshake) -> {
		if (handshake.request().user().has("player")) {
			return;
		}
		this.validated.incrementAndGet();
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	};

	private final TestServer server = new TestServer().with(
			(builder) -> builder.handshakeValidators(List.of(this.slow)).validations(new Validations.Bounds(1000, 1)));

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.server.close();
	}

	@Test
	void clientsThatResetAfterTheHandshakeAreNotValidatedAndOthersAreServed() {
		this.server.start();
		try (RawClient player = this.server.tcp()) {
			player.handshake("{\"user\":{\"player\":true}}");
			try (RawClient stranger = this.server.tcp()) {
				stranger.sendHex("01000000");
				await().until(() -> this.validated.get() == 1);
				for (int i = 0; i < STRANGERS; i++) {
					this.server.tcp().sendHex("01000000").reset();
				}
				assertThat(player.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
				// All were accepted, and have disconnected.
				await()
					.until(() -> this.server.server().traffic().closed(CloseReason.CLIENT_CLOSED.code()) == STRANGERS);
				this.gate.countDown();
				assertThat(stranger.read().payload()).contains("200");
				assertThat(player.request(2, "test.echo", "2").readResponse(2)).isEqualTo("2");
			}
		}
		assertThat(this.validated).as("the one that was at it").hasValue(1);
	}

	@Test
	void aClientAboveTheLimitIsClosedSuchThatItReconnects() {
		this.server.with((builder) -> builder.validations(new Validations.Bounds(1, 1))).start();
		try (RawClient first = this.server.tcp(); RawClient second = this.server.tcp()) {
			first.sendHex("01000000");
			await().until(() -> this.validated.get() == 1);
			assertThat(second.sendHex("01000000").readEnd()).isEqualTo("end");
			assertThat(this.server.server().traffic().closed(CloseReason.TOO_MANY_CONNECTIONS.code())).isOne();
			this.gate.countDown();
			assertThat(first.read().payload()).contains("200");
		}
	}

}
