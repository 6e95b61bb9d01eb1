package io.nanogame.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.service.ClusterClaims;
import io.nanogame.cluster.service.ClusterServices;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.observe.ServerEvents;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.service.Claim;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import io.nanogame.test.NatsServer;
import io.nanogame.trace.Tracing;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes that claim a name, at three NATS servers that keep the owner. A server
 * needs up to ten seconds to notice that the leader of the others is gone.
 */
class ClaimFailureTests {

	private static final Duration LEASE = Duration.ofSeconds(3);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String BUCKET = "claims";

	@TempDir
	private Path store;

	private final List<Integer> routes = NatsServer.freePorts(3);

	private final List<NatsServer> servers = new ArrayList<>();

	private final List<Claimer> nodes = new ArrayList<>();

	private final List<String> violations = new CopyOnWriteArrayList<>();

	private final List<Long> fences = Collections.synchronizedList(new ArrayList<>());

	private volatile boolean stopped;

	private final Thread watcher = new Thread(this::watch, "watcher");

	@AfterEach
	void stop() throws InterruptedException {
		this.stopped = true;
		this.watcher.join();
		this.nodes.forEach(Claimer::close);
		this.servers.forEach(NatsServer::close);
	}

	private String configuration(int number) {
		return """
				server_name: "n%d"
				jetstream { store_dir: "%s" }
				cluster { name: test, listen: "127.0.0.1:%d", routes: [%s] }
				""".formatted(number, this.store.resolve("n" + number), this.routes.get(number), String.join(",",
				this.routes.stream().map((port) -> "\"nats-route://127.0.0.1:%d\"".formatted(port)).toList()));
	}

	private void watch() {
		while (!this.stopped) {
			if (this.nodes.stream().filter((node) -> node.claim.isHeld()).count() > 1) {
				this.violations.add("two owners");
			}
			Thread.onSpinWait();
		}
	}

	private Claimer awaitOwner() {
		return Awaitility.await()
			.atMost(LIMIT)
			.until(() -> this.nodes.stream().filter((node) -> node.claim.isHeld()).toList(),
					(owners) -> owners.size() == 1)
			.get(0);
	}

	/** Until the servers know each other, they store a bucket on one of them. */
	private void awaitCluster() throws Exception {
		StreamConfiguration probe = StreamConfiguration.builder().name("probe").replicas(3).build();
		Connection connection = Nats.connect(this.servers.get(0).url());
		try {
			JetStreamManagement management = connection.jetStreamManagement();
			Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> management.addStream(probe) != null);
			management.deleteStream("probe");
		}
		finally {
			connection.close();
		}
	}

	private void awaitReplicas(NatsBus bus) {
		Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> {
			ClusterInfo cluster = cluster(bus);
			return cluster.getLeader() != null && cluster.getReplicas().size() == 2
					&& cluster.getReplicas().stream().allMatch(Replica::isCurrent);
		});
	}

	private static ClusterInfo cluster(NatsBus bus) throws IOException, JetStreamApiException {
		return bus.connection().jetStreamManagement().getStreamInfo("KV_" + BUCKET).getClusterInfo();
	}

	private void awaitCalls() {
		for (Claimer node : this.nodes) {
			Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> node.call() > 0);
		}
	}

	@Test
	void aNameHasOneOwnerWhileServersAreKilled() throws Exception {
		IntStream.range(0, 3).forEach((i) -> this.servers.add(new NatsServer(configuration(i))));
		awaitCluster();
		this.servers.forEach((server) -> this.nodes.add(new Claimer("node-" + this.nodes.size(), server.url())));
		this.watcher.start();
		Claimer first = awaitOwner();
		awaitReplicas(first.bus);
		awaitCalls();

		NatsServer itsServer = this.servers.stream()
			.filter((server) -> first.bus.connection().getConnectedUrl().equals(server.url()))
			.findFirst()
			.orElseThrow();
		itsServer.kill();
		Claimer second = awaitOwner();
		awaitCalls();
		itsServer.start();
		awaitReplicas(second.bus);

		NatsServer leader = this.servers.get(Integer.parseInt(cluster(second.bus).getLeader().substring(1)));
		leader.kill();
		Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> cluster(second.bus).getLeader() != null);
		awaitOwner();
		awaitCalls();
		leader.start();
		Claimer third = awaitOwner();
		third.bus.close();
		Awaitility.await().atMost(LIMIT).until(() -> awaitOwner() != third);

		assertThat(this.violations).isEmpty();
		assertThat(this.fences).isSorted().doesNotHaveDuplicates();
	}

	/** A node that claims the name. */
	private final class Claimer implements AutoCloseable {

		private final ExecutorService workers = Executors.newFixedThreadPool(4);

		private final Lanes lanes = new Lanes(this.workers, 1000);

		private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

		private final NatsBus bus;

		private final Services services;

		private final Claim claim;

		Claimer(String id, String url) {
			this.bus = NatsBus.connect(Options.builder().server(url).reconnectWait(Duration.ofMillis(100)));
			ClusterClaims claims = new ClusterClaims(id, this.bus.newLeases(BUCKET, LEASE), LEASE, this.timers.time(),
					this.lanes.create("claims"));
			this.services = new Services(this.lanes, this.timers, Duration.ofSeconds(2), List.of(), ServerEvents.NONE,
					Tracing.NONE);
			this.services.join(new ClusterServices(id, this.bus, this.bus.newReader(), new Subjects("test", id),
					new Payloads(new JsonSerializer(JsonMapper.shared())), () -> {
					}, claims));
			this.claim = this.services.claim(Seat.class, "throne", this.lanes.create("throne"), this::acquired);
		}

		private Seat acquired(long fence) {
			ClaimFailureTests.this.fences.add(fence);
			return () -> fence;
		}

		private long call() {
			return this.services.at(Seat.class, "throne").fence();
		}

		@Override
		public void close() {
			this.claim.close();
			this.bus.close();
			this.timers.stop();
			this.workers.shutdownNow();
		}

	}

	@NanoService("seat")
	interface Seat {

		long fence();

	}

}
