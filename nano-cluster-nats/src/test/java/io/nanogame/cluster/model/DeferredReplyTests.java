package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.SessionHandle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request of a client of another node whose reply follows the end of its handler.
 */
class DeferredReplyTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private final List<Request> deferred = new ArrayList<>();

	private final List<ModelClient.Frame> received = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void theReplyCompletesTheMessage(int seed) {
		ModelCluster cluster = new ModelCluster(seed);
		cluster.node("room", LoginPolicy.SEVERAL).route("room.later", (request) -> {
			this.deferred.add(request.defer());
			return null;
		}).start(false);
		ModelNode gate = cluster.node("gate", LoginPolicy.SEVERAL).start(true);
		cluster.settle();
		ModelClient client = gate.connect(this.received::add);
		client.request("room.later", "");
		cluster.advance(MOMENT);
		assertThat(messages(gate)).isOne();
		this.deferred.remove(0).reply("late");
		cluster.advance(MOMENT);
		assertThat(this.received).extracting((frame) -> frame.body().asString("")).containsExactly("late");
		assertThat(messages(gate)).isZero();
	}

	private static int messages(ModelNode gate) {
		return gate.sessions.all().stream().mapToInt((session) -> SessionHandle.of(session).queue().messages()).sum();
	}

}
