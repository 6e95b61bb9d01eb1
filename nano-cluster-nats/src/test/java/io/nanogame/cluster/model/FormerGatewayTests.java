package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;

import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The former gateway of a session whose move is over.
 */
class FormerGatewayTests {

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode first = gateway("first");

	private final ModelNode second = gateway("second");

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.echo", (request) -> 1)
		.start(false);

	private final RoamingClient client = new RoamingClient(this.cluster.random);

	private ModelNode gateway(String name) {
		ModelNode node = this.cluster.node(name, LoginPolicy.SEVERAL);
		return node.route("gate.echo", (request) -> Integer.valueOf(new String(request.body(), StandardCharsets.UTF_8)))
			.start(true);
	}

	@BeforeEach
	void move() {
		this.cluster.settle();
		this.client.connect(this.first.transport());
		this.cluster.advance(ModelCluster.HEARTBEAT);
		this.client.request("gate.echo");
		this.cluster.advance(ModelCluster.HEARTBEAT);
		move(this.second);
	}

	private void move(ModelNode to) {
		this.client.connect(to.transport());
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.client.isOpen()).isTrue();
		assertThat(this.first.cluster.handover().count()).isZero();
		assertThat(this.second.cluster.handover().count()).isZero();
	}

	private Session at(ModelNode node) {
		return node.sessions.find(this.client.session()).orElseThrow();
	}

	private void changeByTheRoom(String value) {
		this.room.cluster.peers()
			.to(this.first.id())
			.send(new StateChange(this.client.session(), ChangeNumber.NONE,
					new StateProperty.Attribute("color", value)));
		this.cluster.advance(ModelCluster.HEARTBEAT);
	}

	@Test
	void aChangeOfANodeThatHasMissedTheMoveIsPassedOn() {
		changeByTheRoom("red");
		assertThat(at(this.second).attributes().getString("color")).isEqualTo("red");
		assertThat(at(this.first).attributes().getString("color")).isEqualTo("red");
	}

	@Test
	void itsGameStillChangesTheSessionAfterSuchAChange() {
		changeByTheRoom("red");
		at(this.first).attributes().set("level", 7);
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(at(this.second).attributes().getInt("level")).isEqualTo(7);
	}

}
