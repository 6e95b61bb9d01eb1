package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that announces its stop after its last reply. Its gateway has a reader for
 * replies and one for announcements, in an order that the seed determines.
 */
class GoodbyeTests {

	private final List<ModelClient.Frame> received = new ArrayList<>();

	private static void stop(ModelNode node) {
		String goodbye = "{\"kind\": \"goodbye\", \"node\": {\"id\": \"%s\"}}".formatted(node.id());
		node.bus.publish(new Subjects("model", node.id()).own(Topics.members()),
				goodbye.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 })
	void theLastReplyArrivesAndTheNodeIsGone(int seed) {
		ModelCluster cluster = new ModelCluster(seed);
		ModelNode room = cluster.node("room", LoginPolicy.SEVERAL);
		room.route("room.last", (request) -> {
			request.defer().reply("done");
			stop(room);
			return null;
		}).start(false);
		ModelNode gate = cluster.node("gate", LoginPolicy.SEVERAL).start(true);
		cluster.settle();
		ModelClient client = gate.connect(this.received::add);
		client.request("room.last", "");
		cluster.advance(Duration.ofMillis(10));
		assertThat(this.received).extracting((frame) -> frame.body().asString("")).containsExactly("done");
		assertThat(gate.cluster.nodes().isUp(room.id())).isFalse();
	}

}
