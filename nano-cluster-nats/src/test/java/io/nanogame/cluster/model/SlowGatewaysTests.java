package io.nanogame.cluster.model;

import java.time.Duration;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A login that continues the session of a gateway whose replies take a while. */
class SlowGatewaysTests {

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode first = gateway("first");

	private final ModelNode second = gateway("second");

	private ModelNode gateway(String name) {
		return this.cluster.node(name, LoginPolicy.CONTINUE)
			.window(Duration.ofMinutes(10))
			.validator((handshake) -> handshake.session().bind("ann"))
			.start(true);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 100, 250, 400 })
	void theSessionArrivesIfTheReplyTakesLessThanASecond(int delayMillis) {
		this.cluster.settle();
		ReturningClient client = new ReturningClient("ann");
		client.connect(this.first.transport());
		this.cluster.advance(Duration.ofSeconds(1));
		Session older = this.first.sessions.findByUid("ann").iterator().next();
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return (from == to) ? Duration.ZERO : Duration.ofMillis(delayMillis);
			}

		});
		client.connect(this.second.transport());
		this.cluster.advance(Duration.ofSeconds(10));
		assertThat(this.second.sessions.findByUid("ann")).extracting(Session::id).containsExactly(older.id());
	}

}
