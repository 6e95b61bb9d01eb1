package io.nanogame.cluster;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.service.Claim;
import io.nanogame.service.Claimant;
import io.nanogame.service.NanoService;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Claims of nodes at one NATS server.
 */
class ClaimsOnNatsTests {

	@TempDir
	private Path store;

	private static Claim claim(TestNode node, Claimant<Shop> claimant) {
		return node.services.claim(Shop.class, "inn", node.lanes.create("inn"), claimant);
	}

	private static Shop shop(TestNode node) {
		return node.services.at(Shop.class, "inn");
	}

	@Test
	void anotherNodeIsTheOwnerWhenTheFirstOneLeaves() throws InterruptedException {
		BlockingQueue<String> lost = new LinkedBlockingQueue<>();
		try (NatsServer nats = NatsServer.withJetStream(this.store);
				TestNode second = TestNode.backend(nats, "second").start()) {
			Claim next;
			try (TestNode first = TestNode.backend(nats, "first").start()) {
				Claim claim = claim(first, new Claimant<>() {

					@Override
					public Shop acquired(long fence) {
						return () -> "first";
					}

					@Override
					public void lost() {
						lost.add("lost");
					}

				});
				Awaitility.await().until(claim::isHeld);
				next = claim(second, (fence) -> () -> "second");
				Awaitility.await().ignoreExceptions().until(() -> shop(second).owner().equals("first"));
				assertThat(next.isHeld()).isFalse();
				first.cluster.drain().stop();
				assertThat(lost.poll(10, TimeUnit.SECONDS)).isEqualTo("lost");
			}
			Awaitility.await().until(next::isHeld);
			assertThat(shop(second).owner()).isEqualTo("second");
		}
	}

	@Test
	void withoutJetStreamAClaimFailsAndNamesTheOption() {
		try (NatsServer nats = new NatsServer(); TestNode node = TestNode.backend(nats, "alone").start()) {
			for (int i = 0; i < 2; i++) {
				assertThatIllegalStateException().isThrownBy(() -> claim(node, (fence) -> () -> "alone"))
					.withMessageContaining("start nats-server with -js");
			}
		}
	}

	@Test
	void aNodeWithoutAConnectionIsTheOwnerLater() {
		try (NatsServer nats = NatsServer.withJetStream(this.store);
				TestNode node = TestNode.backend(nats, "patient").start()) {
			nats.kill();
			Awaitility.await().until(() -> !node.cluster.isConnected());
			Claim claim = claim(node, (fence) -> () -> "patient");
			assertThat(claim.isHeld()).isFalse();
			nats.start();
			Awaitility.await().until(claim::isHeld);
		}
	}

	@NanoService("shop")
	interface Shop {

		String owner();

	}

}
