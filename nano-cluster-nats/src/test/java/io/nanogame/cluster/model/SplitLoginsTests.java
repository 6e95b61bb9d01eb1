package io.nanogame.cluster.model;

import java.time.Duration;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A player who logs in on both sides of a cut between two NATS servers.
 */
class SplitLoginsTests {

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode one = gateway("one");

	private final ModelNode other = gateway("other");

	private ModelNode gateway(String name) {
		return this.cluster.node(name, LoginPolicy.REPLACE)
			.route("here.hello", (request) -> request.body())
			.start(true);
	}

	private Session connect(ModelNode gateway) {
		gateway.connect((frame) -> {
		}).request("here.hello", "");
		this.cluster.advance(Duration.ofMillis(10));
		return gateway.sessions.all().iterator().next();
	}

	/** Both nodes stay connected. */
	private void cut() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return from == to;
			}

		});
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(5));
	}

	@Test
	void twoHeartbeatsAfterTheCutTheNewestLoginIsTheOnlyOne() {
		this.cluster.settle();
		Session older = connect(this.one);
		Session newer = connect(this.other);
		cut();
		assertThat(this.one.knows(this.other)).isFalse();
		older.bind("ann");
		this.cluster.advance(Duration.ofSeconds(1));
		newer.bind("ann");
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(older.isOpen()).isTrue();
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		assertThat(newer.isOpen()).isTrue();
		assertThat(older.closeReason()).isEqualTo(CloseReason.REPLACED);
	}

}
