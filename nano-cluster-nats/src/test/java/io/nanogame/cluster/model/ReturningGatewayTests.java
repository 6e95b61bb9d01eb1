package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway that a backend has considered dead, and whose sessions it opens again.
 */
class ReturningGatewayTests {

	private final ModelCluster cluster = new ModelCluster(1);

	private final List<String> events = new ArrayList<>();

	/** The result of the first message. */
	private final CompletableFuture<String> ending = new CompletableFuture<>();

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.work", this::work)
		.start(false);

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL).start(true);

	private Object work(Request request) {
		String body = new String(request.body(), StandardCharsets.UTF_8);
		this.events.add("begins " + body);
		return body.equals("1") ? this.ending.whenComplete((result, failure) -> this.events.add("ends 1")) : body;
	}

	private void separate() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return from == to;
			}

		});
	}

	@Test
	void theNextMessageOfASessionWaitsForTheHandlerOfTheEarlierCopy() {
		this.cluster.settle();
		ModelClient client = this.gate.connect((frame) -> {
		});
		client.request("room.work", 1);
		this.cluster.advance(Duration.ofMillis(10));
		Session earlier = this.room.sessions.all().iterator().next();
		separate();
		// Longer than the patience. Later the request times out, which ends its handler.
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(7).dividedBy(2));
		assertThat(earlier.isOpen()).isFalse();
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT);
		client.request("room.work", 2);
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(this.room.sessions.all()).hasSize(1).doesNotContain(earlier);
		assertThat(this.events).containsExactly("begins 1");
		this.ending.complete("done");
		this.cluster.advance(Duration.ofMillis(10));
		client.request("room.work", 3);
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(this.events).containsExactly("begins 1", "ends 1", "begins 2", "begins 3");
	}

}
