package io.nanogame.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.autoconfigure.Room;
import io.nanogame.boot.autoconfigure.actuate.NanoClusterEndpoint.ClusterDescriptor;
import io.nanogame.boot.autoconfigure.actuate.NanoClusterEndpoint.NodeDescriptor;
import io.nanogame.boot.autoconfigure.cluster.ClusterRunner;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.node.Nodes;
import io.nanogame.server.GameServer;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The state of a cluster as seen by one of its nodes.
 */
@Timeout(60)
class NanoClusterActuatorTests {

	private final NatsServer nats = new NatsServer();

	private final ApplicationContextRunner room = ClusterRunner.create(this.nats)
		.withPropertyValues("nano.cluster.name=room", "nano.cluster.label=eu", "nano.server.enabled=false")
		.withBean(Room.class);

	private final ApplicationContextRunner gate = ClusterRunner.create(this.nats)
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, MetricsAutoConfiguration.class,
				NanoClusterEndpointAutoConfiguration.class, NanoClusterHealthAutoConfiguration.class,
				NanoClusterMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("nano.cluster.name=gate", "management.endpoints.jmx.exposure.include=nanocluster",
				"spring.jmx.enabled=true");

	@AfterEach
	void stopNats() {
		this.nats.close();
	}

	private static void awaitRoom(ApplicationContext gate) {
		await().until(() -> !gate.getBean(Nodes.class).withComponent("room").isEmpty());
	}

	@Test
	void theEndpointReportsTheNodesAndTheConnection() {
		this.room.run((backend) -> this.gate.run((context) -> {
			awaitRoom(context);
			ClusterDescriptor cluster = context.getBean(NanoClusterEndpoint.class).nanoCluster();
			assertThat(cluster.connection()).isEqualTo("connected");
			assertThat(cluster.nodes()).extracting(NodeDescriptor::name).containsExactly("gate", "room");
			NodeDescriptor self = cluster.nodes().get(0);
			assertThat(self.self()).isTrue();
			assertThat(self.gateway()).isTrue();
			NodeDescriptor other = cluster.nodes().get(1);
			assertThat(other).isEqualTo(new NodeDescriptor(backend.getBean(Nodes.class).self().id(), "room", "eu",
					false, false, false, 0, Set.of("room"), Set.of()));
			this.nats.kill();
			await().until(
					() -> context.getBean(NanoClusterEndpoint.class).nanoCluster().connection().equals("disconnected"));
		}));
	}

	@Test
	void theEndpointIsNotThereUnlessItIsExposed() {
		this.gate.withPropertyValues("management.endpoints.jmx.exposure.include=nano")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NanoClusterEndpoint.class));
	}

	@Test
	void aServerWithoutAClusterHasNoEndpoint() {
		this.gate.withPropertyValues("nano.cluster.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(NanoClusterEndpoint.class)
				.doesNotHaveBean(NanoClusterMetrics.class)
				.doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void aNodeIsUpAsLongAsItReachesNats() {
		this.gate.run((context) -> {
			HealthIndicator health = context.getBean("nanoClusterHealthIndicator", HealthIndicator.class);
			assertThat(health.health()).isEqualTo(Health.up().withDetail("nodes", 1).build());
			this.nats.kill();
			await().until(() -> Status.DOWN.equals(health.health().getStatus()));
			assertThat(health.health().getDetails()).containsEntry("connection", "disconnected").containsKey("since");
			this.nats.start();
			await().until(() -> Status.UP.equals(health.health().getStatus()));
			await().until(() -> counter(context, "nano.cluster.reconnects") == 1);
		});
	}

	@Test
	void aConnectedNodeThatReceivesNoMessagesIsDown() {
		CountDownLatch free = new CountDownLatch(1);
		this.gate.run((context) -> {
			HealthIndicator health = context.getBean("nanoClusterHealthIndicator", HealthIndicator.class);
			ClusterNode node = context.getBean(ClusterNode.class);
			Instant before = Instant.now().minusSeconds(2);
			node.peers().listenForSilence("busy", (message) -> awaitQuietly(free));
			node.bus().publish("busy", new byte[0]);
			await().until(() -> Status.DOWN.equals(health.health().getStatus()));
			assertThat(node.bus().isConnected()).isTrue();
			assertThat(health.health().getDetails()).containsEntry("connection", "connected")
				.extractingByKey("since", InstanceOfAssertFactories.INSTANT)
				.isBetween(before, Instant.now());
			assertThat(roundTrip(context, "messages")).isGreaterThan(0.4);
			assertThat(roundTrip(context, "announcements")).isBetween(0.0, 0.4);
			free.countDown();
			await().until(() -> Status.UP.equals(health.health().getStatus()));
			await().until(() -> roundTrip(context, "messages") < 0.4);
		});
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void theHealthCanBeSwitchedOff() {
		this.gate.withPropertyValues("management.health.nano-cluster.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void forwardedRequestsAreTimedAndMessagesCountedByTheNamesOfPeers() {
		this.room.run((backend) -> this.gate.run((context) -> {
			awaitRoom(context);
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port()).handshake()) {
				client.request(1, "room.greet", "{\"name\":\"Ada\"}").request(2, "room.dance", "{}");
				assertThat(client.readResponse(1)).contains("Hello Ada");
				assertThat(client.readResponse(2)).contains("404");
			}
			assertThat(forwarded(context, "success")).isOne();
			assertThat(forwarded(context, "error")).isOne();
			assertThat(forwarded(context, "timed-out")).isZero();
			assertThat(forwarded(context, "lost")).isZero();
			for (String meter : new String[] { "messages.sent", "messages.received", "bytes.sent", "bytes.received" }) {
				assertThat(counter(context, "nano.cluster." + meter, "peer", "room")).isPositive();
			}
			assertThat(gauge(context, "nano.cluster.nodes")).isEqualTo(2);
			assertThat(gauge(context, "nano.cluster.nodes.suspect")).isZero();
			await().until(() -> gauge(context, "nano.cluster.messages.unconfirmed", "peer", "room") == 0);
			await().until(() -> gauge(context, "nano.cluster.bytes.pending") == 0);
			assertThat(roundTrip(context, "messages")).isPositive();
			assertThat(roundTrip(context, "announcements")).isPositive();
		}));
	}

	@Test
	void theMetersAreThoseOfTheList() {
		Set<String> list = Arrays.stream(NanoMeter.values())
			.filter((meter) -> meter.getName().startsWith("nano.cluster."))
			.map((meter) -> meter.getName() + " " + meter.getType() + " " + meter.description() + " "
					+ meter.getKeyNames().length)
			.collect(Collectors.toSet());
		this.room.run((backend) -> this.gate.run((context) -> {
			awaitRoom(context);
			Set<String> meters = context.getBean(MeterRegistry.class)
				.getMeters()
				.stream()
				.map(Meter::getId)
				.filter((id) -> id.getName().startsWith("nano.cluster."))
				.map((id) -> id.getName() + " " + id.getType() + " " + id.getDescription() + " " + id.getTags().size())
				.collect(Collectors.toSet());
			assertThat(meters).isEqualTo(list);
		}));
	}

	@Test
	void whatDoesNotLeaveIsPending() {
		this.room.run((backend) -> this.gate.run((context) -> {
			awaitRoom(context);
			this.nats.kill();
			await().until(() -> !context.getBean(ClusterNode.class).isConnected());
			ClusterNode node = context.getBean(ClusterNode.class);
			node.nodes().others().forEach((room) -> node.peers().to(room.id()).send(new PeerReconnected()));
			assertThat(gauge(context, "nano.cluster.messages.unconfirmed", "peer", "room")).isPositive();
			await().until(() -> gauge(context, "nano.cluster.bytes.pending") > 0);
		}));
	}

	private static double gauge(ApplicationContext gate, String name, String... tags) {
		return gate.getBean(MeterRegistry.class).get(name).tags(tags).gauge().value();
	}

	private static double roundTrip(ApplicationContext gate, String reader) {
		return gauge(gate, "nano.cluster.round.trip", "reader", reader);
	}

	private static long forwarded(ApplicationContext gate, String outcome) {
		return gate.getBean(MeterRegistry.class)
			.get("nano.cluster.forwarded")
			.tags("peer", "room", "outcome", outcome)
			.timer()
			.count();
	}

	private static double counter(ApplicationContext gate, String name, String... tags) {
		return gate.getBean(MeterRegistry.class).get(name).tags(tags).functionCounter().count();
	}

}
