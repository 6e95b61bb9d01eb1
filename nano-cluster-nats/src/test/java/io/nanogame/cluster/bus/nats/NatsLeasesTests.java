package io.nanogame.cluster.bus.nats;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.Leases;
import io.nanogame.cluster.bus.LeasesContract;
import io.nanogame.cluster.bus.LeasesDisabledException;
import io.nanogame.test.NatsServer;
import io.nats.client.KeyValueManagement;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NatsLeasesTests extends LeasesContract {

	@TempDir
	private Path store;

	private NatsServer nats;

	@BeforeEach
	void start() {
		this.nats = NatsServer.withJetStream(this.store);
	}

	@AfterEach
	void stop() {
		this.nats.close();
	}

	@Override
	protected Bus connect() {
		return connect(this.nats);
	}

	private static NatsBus connect(NatsServer server) {
		return NatsBus.connect(Options.builder().server(server.url()).reconnectWait(Duration.ofMillis(50)));
	}

	@Override
	protected void pass(Duration duration) {
		// It passes by itself.
	}

	@Override
	protected void interrupt(List<Bus> buses) {
		this.nats.kill();
		Awaitility.await().until(() -> buses.stream().noneMatch(Bus::isConnected));
	}

	@Override
	protected void assertLasted(long startNanos) {
		assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isBetween(LENGTH, LENGTH.multipliedBy(2));
	}

	@Test
	void revisionsGrowAlsoWhenTheServerIsRestarted() {
		try (NatsBus bus = connect(this.nats)) {
			Leases leases = bus.newLeases("owners", LENGTH);
			long revision = take(leases, "room", "a");
			interrupt(List.of(bus));
			this.nats.start();
			Awaitility.await()
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(take(leases, "room", "a")).isGreaterThan(revision));
		}
	}

	@Test
	void aBucketThatWasRemovedIsCreatedAgain() throws Exception {
		try (NatsBus bus = connect(this.nats)) {
			Leases leases = bus.newLeases("owners", LENGTH);
			take(leases, "room", "a");
			bus.connection().keyValueManagement().delete("owners");
			Awaitility.await().ignoreExceptions().untilAsserted(() -> take(leases, "room", "a"));
		}
	}

	@Test
	void aLengthThatWasChangedIsReadAgain() throws Exception {
		try (NatsBus bus = connect(this.nats)) {
			Leases leases = bus.newLeases("owners", LENGTH);
			assertThat(leases.open().get(10, TimeUnit.SECONDS)).isEqualTo(LENGTH);
			KeyValueManagement management = bus.connection().keyValueManagement();
			Duration changed = LENGTH.plusSeconds(7);
			management.update(KeyValueConfiguration.builder(management.getStatus("owners").getConfiguration())
				.ttl(changed)
				.build());
			Awaitility.await().until(() -> leases.open().get(10, TimeUnit.SECONDS), changed::equals);
		}
	}

	@Test
	void withoutJetStreamTheErrorIsAboutTheServersOption() {
		try (NatsServer plain = new NatsServer(); NatsBus bus = connect(plain)) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> bus.newLeases("owners", LENGTH).open().get(10, TimeUnit.SECONDS))
				.withCauseInstanceOf(LeasesDisabledException.class)
				.withMessageContaining("Claimed services need JetStream, which is off in NATS at 127.0.0.1")
				.withMessageContaining("start nats-server with -js");
		}
	}

}
