package io.nanogame.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.node.LocalNodes;
import io.nanogame.node.Node;
import io.nanogame.node.Nodes;
import io.nanogame.node.SessionRouting;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Components whose sessions stay when the node is drained. */
class StayingSessionsTests {

	private final TestGame game = new TestGame(Routing.class, Duels.class, Shop.class);

	private final List<String> bound = this.game.context.getBean(Routing.class).bound;

	@Test
	void aSessionIsBoundWithItsFirstMessageToTheComponent() throws Exception {
		this.game.call("duels.start");
		this.game.call("duels.hit");
		this.game.call("duels.start");
		assertThat(this.bound).containsExactly("duels of session 1 to the node");
	}

	@Test
	void aSessionOfAnotherComponentIsNotBound() throws Exception {
		this.game.call("shop.buy");
		assertThat(this.bound).isEmpty();
	}

	@Test
	void aSessionThatReturnsAfterItsEndIsBoundAgain() throws Exception {
		this.game.call("duels.start");
		this.game.session.close();
		this.game.call("duels.start");
		assertThat(this.bound).hasSize(2);
	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		final List<String> bound = new ArrayList<>();

		@Bean
		Nodes nodes() {
			return new LocalNodes(() -> new Node("the node", "", "", Map.of(), Set.of(), Set.of(), Set.of(), Set.of(),
					true, false, 0));
		}

		@Bean
		SessionRouting routing() {
			return (session, component, node) -> this.bound
				.add(component + " of session " + session.id() + " to " + node);
		}

	}

	@GameComponent(value = "duels", staysOnDrain = true)
	static class Duels {

		@Handler
		void start() {
		}

		@Handler
		void hit() {
		}

	}

	@GameComponent("shop")
	static class Shop {

		@Handler
		void buy() {
		}

	}

}
