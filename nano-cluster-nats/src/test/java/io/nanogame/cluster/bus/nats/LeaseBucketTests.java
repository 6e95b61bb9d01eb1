package io.nanogame.cluster.bus.nats;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.nanogame.cluster.bus.Leases;
import io.nanogame.test.NatsServer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Options;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bucket of leases in a cluster of NATS servers, of which the last one starts later.
 */
class LeaseBucketTests {

	private static final Duration LENGTH = Duration.ofMinutes(5);

	private static final Duration SHORT = Duration.ofSeconds(2);

	private static final String BUCKET = "owners";

	@TempDir
	private Path store;

	private final List<Integer> routes = NatsServer.freePorts(3);

	private final List<NatsServer> servers = new ArrayList<>();

	@AfterEach
	void stop() {
		this.servers.forEach(NatsServer::close);
	}

	private NatsServer start() {
		int number = this.servers.size();
		NatsServer server = new NatsServer("""
				server_name: "n%d"
				jetstream { store_dir: "%s" }
				cluster { name: test, listen: "127.0.0.1:%d", routes: [%s] }
				""".formatted(number, this.store.resolve("n" + number), this.routes.get(number),
				this.routes.stream().map("\"nats-route://127.0.0.1:%d\""::formatted).collect(Collectors.joining(","))));
		this.servers.add(server);
		return server;
	}

	private static NatsBus connect(NatsServer server) {
		return NatsBus.connect(Options.builder().server(server.url()).reconnectWait(Duration.ofMillis(50)));
	}

	private static ConditionFactory eventually() {
		return Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions();
	}

	private static Duration open(Leases leases) throws Exception {
		return leases.open().get(10, TimeUnit.SECONDS);
	}

	private static OptionalLong take(Leases leases, String owner) throws Exception {
		return leases.take("room", owner).get(10, TimeUnit.SECONDS);
	}

	private static int replicas(NatsBus bus) throws IOException, JetStreamApiException {
		return bus.connection().keyValueManagement().getStatus(BUCKET).getReplicas();
	}

	/** A busy cluster may not reply in time, although it makes the change. */
	private static void setReplicas(NatsBus bus, int replicas) throws IOException {
		JetStreamManagement management = bus.connection().jetStreamManagement();
		eventually().until(() -> {
			StreamConfiguration present = management.getStreamInfo("KV_" + BUCKET).getConfiguration();
			management.updateStream(StreamConfiguration.builder(present).replicas(replicas).build());
			return true;
		});
	}

	private static boolean isCopied(NatsBus bus) throws IOException, JetStreamApiException {
		ClusterInfo cluster = bus.connection().jetStreamManagement().getStreamInfo("KV_" + BUCKET).getClusterInfo();
		return cluster.getReplicas().size() == 2 && cluster.getReplicas().stream().allMatch(Replica::isCurrent);
	}

	private static String leader(NatsBus bus) throws IOException, JetStreamApiException {
		return bus.connection().jetStreamManagement().getStreamInfo("KV_" + BUCKET).getClusterInfo().getLeader();
	}

	@Test
	void aBucketOnOneServerGetsReplicasWhenThereAreThreeServersAndKeepsItsLeases() throws Exception {
		start();
		try (NatsBus bus = connect(start())) {
			Leases leases = bus.newLeases(BUCKET, LENGTH);
			eventually().until(() -> take(leases, "a").isPresent());
			assertThat(replicas(bus)).isOne();

			start();
			eventually().until(() -> open(bus.newLeases(BUCKET, LENGTH)).equals(LENGTH) && isCopied(bus));
			assertThat(take(leases, "b")).isEmpty();
			assertThat(take(leases, "a")).isPresent();

			this.servers.get(Integer.parseInt(leader(bus).substring(1))).kill();
			eventually().until(() -> take(leases, "b").isEmpty());
			eventually().until(() -> take(leases, "a").isPresent());
		}
	}

	@Test
	void aNumberOfReplicasThatAnOperatorHasSetStays() throws Exception {
		start();
		start();
		try (NatsBus bus = connect(start())) {
			Leases leases = bus.newLeases(BUCKET, SHORT);
			eventually().until(() -> take(leases, "a").isPresent());
			eventually().until(() -> open(leases).equals(SHORT) && replicas(bus) == 3);
			setReplicas(bus, 2);
			long start = System.nanoTime();
			eventually().until(() -> open(leases).equals(SHORT) && System.nanoTime() - start > SHORT.toNanos() * 3);
			assertThat(replicas(bus)).isEqualTo(2);
			setReplicas(bus, 1);
			eventually().until(() -> open(leases).equals(SHORT) && replicas(bus) == 3);
		}
	}

}
