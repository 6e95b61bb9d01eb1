package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelClusterTests {

	private static ModelCluster cluster(long seed, List<ModelClient.Frame> received) {
		ModelCluster cluster = new ModelCluster(seed);
		cluster.node("room", LoginPolicy.SEVERAL).route("room.hello", (request) -> "hello").start(false);
		ModelNode gate = cluster.node("gate", LoginPolicy.SEVERAL).start(true);
		cluster.settle();
		ModelClient client = gate.connect(received::add);
		cluster.advance(Duration.ZERO);
		for (int i = 0; i < 10; i++) {
			client.request("room.hello", "x");
		}
		cluster.advance(Duration.ofMillis(100));
		return cluster;
	}

	@Test
	void aClientReceivesTheReplyOfABackend() {
		List<ModelClient.Frame> received = new ArrayList<>();
		cluster(1, received);
		assertThat(received).extracting((frame) -> frame.id() + frame.body().asString())
			.startsWith("1hello", "2hello")
			.hasSize(10);
	}

	@Test
	void aSeedRepeatsItsSchedule() {
		assertThat(cluster(1, new ArrayList<>()).steps.trace()).isEqualTo(cluster(1, new ArrayList<>()).steps.trace())
			.isNotEqualTo(cluster(2, new ArrayList<>()).steps.trace());
	}

}
