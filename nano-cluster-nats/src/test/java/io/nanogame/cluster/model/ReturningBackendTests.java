package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A backend that is declared down while sessions move between gateways, and returns with
 * the copies that it has kept: only the gateways receive nothing of it.
 */
class ReturningBackendTests {

	private final ModelCluster cluster = new ModelCluster(1);

	private final List<String> handled = new ArrayList<>();

	private final ModelNode first = this.cluster.node("first", LoginPolicy.SEVERAL).start(true);

	private final ModelNode second = this.cluster.node("second", LoginPolicy.SEVERAL).start(true);

	private final ModelNode third = this.cluster.node("third", LoginPolicy.SEVERAL).start(true);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.echo", this::echo)
		.start(false);

	private final RoamingClient client = new RoamingClient(this.cluster.random);

	private Object echo(Request request) {
		String number = new String(request.body(), StandardCharsets.UTF_8);
		this.handled.add(number);
		request.session().attributes().set("last", Integer.parseInt(number));
		return Integer.parseInt(number);
	}

	private void request() {
		this.client.request("room.echo");
		this.cluster.advance(ModelCluster.HEARTBEAT);
	}

	private void start() {
		this.cluster.settle();
		this.client.connect(this.first.transport());
		this.cluster.advance(ModelCluster.HEARTBEAT);
		request();
		assertThat(this.client.replies()).containsExactly(1);
	}

	/** The room sends nothing, and receives only the announcements of the others. */
	private void silence() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				MemoryBus cut = ReturningBackendTests.this.room.bus;
				boolean isLost = from != to && (from == cut || to == cut && !subject.endsWith(".members"));
				return isLost ? LOST : Duration.ZERO;
			}

		});
		for (int i = 0; i < 5; i++) {
			this.cluster.advance(ModelCluster.HEARTBEAT);
		}
		assertThat(this.first.knows(this.room)).isFalse();
		assertThat(this.room.knows(this.first)).isTrue();
	}

	private void move(ModelNode to) {
		this.client.connect(to.transport());
		this.cluster.advance(ModelCluster.HEARTBEAT);
		for (int i = 0; i < 3 && !this.client.isOpen(); i++) {
			this.client.connect(to.transport());
			this.cluster.advance(ModelCluster.HEARTBEAT);
		}
		assertThat(this.client.isOpen()).isTrue();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
	}

	private void end() {
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.first.knows(this.room)).isTrue();
	}

	private Session inTheRoom() {
		return this.room.sessions.find(this.client.session()).orElseThrow();
	}

	private Session at(ModelNode node) {
		return node.sessions.find(this.client.session()).orElseThrow();
	}

	@Test
	void aBackendThatReturnsFollowsASessionThatHasMoved() {
		start();
		Session kept = inTheRoom();
		silence();
		move(this.second);
		end();
		assertThat(inTheRoom()).isSameAs(kept);
		request();
		assertThat(this.handled).containsExactly("1", "2");
		assertThat(this.client.replies()).containsExactly(1, 2);
		assertThat(this.client.successful()).isEqualTo(Set.of(1, 2));
		assertThat(at(this.second).attributes().getInt("last")).isEqualTo(2);
	}

	@Test
	void aBackendThatReturnsFollowsASessionThatHasMovedTwice() {
		start();
		silence();
		move(this.second);
		move(this.third);
		end();
		request();
		assertThat(this.client.successful()).isEqualTo(Set.of(1, 2));
		inTheRoom().attributes().set("color", "red");
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(at(this.third).attributes().getString("color")).isEqualTo("red");
	}

	@Test
	void aBackendThatReturnsEndsASessionThatHasMoved() {
		start();
		silence();
		move(this.second);
		inTheRoom().kick("cheating");
		end();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.second.sessions.find(this.client.session())).isEmpty();
		assertThat(this.client.states()).endsWith("KICKED");
	}

}
