package io.nanogame.boot.autoconfigure.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.node.LocalNodes;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;
import io.nanogame.node.SessionRouting;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.user.LocalUsers;
import io.nanogame.user.Users;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One component, written for a cluster, with a cluster and without one.
 */
class NanoNodeAutoConfigurationTests {

	private final ApplicationContextRunner app = GameRunner.create().withBean(Post.class);

	@Test
	void aComponentWrittenForAClusterWorksOnOneServer() {
		this.app.run((context) -> {
			assertThat(context).hasSingleBean(LocalUsers.class).hasSingleBean(LocalNodes.class);
			play(context.getBean(GameServer.class).port());
		});
	}

	@Test
	void andAsItIsInACluster() {
		try (NatsServer nats = new NatsServer()) {
			ClusterRunner.create(nats).withBean(Post.class).run((context) -> {
				assertThat(context).hasSingleBean(Users.class)
					.hasSingleBean(Nodes.class)
					.hasSingleBean(SessionRouting.class)
					.doesNotHaveBean(LocalUsers.class)
					.doesNotHaveBean(LocalNodes.class);
				play(context.getBean(GameServer.class).port());
			});
		}
	}

	private static void play(int port) throws Exception {
		try (RawClient ann = RawClient.tcp(port).handshake(); RawClient bob = RawClient.tcp(port).handshake()) {
			ann.request(1, "post.login", "\"ann\"");
			assertThat(ann.readResponse(1)).isEqualTo("{}");
			bob.request(1, "post.send", "\"ann\"");
			assertThat(bob.readResponse(1)).isEqualTo("{}");
			assertThat(ann.readPush("onMail")).isEqualTo("\"hello\"");
			bob.request(2, "post.find", "\"ann\"");
			assertThat(bob.readResponse(2)).isEqualTo("1");
			bob.request(3, "post.kick", "\"ann\"");
			assertThat(ann.readKick()).isEqualTo("{\"reason\":\"enough\"}");
		}
	}

	@Test
	void aServerAloneDescribesItselfByTheKeysOfANode() {
		this.app
			.withPropertyValues("nano.cluster.name=chat", "nano.cluster.label=eu", "nano.cluster.metadata.rack=7",
					"nano.server.enabled=false")
			.run((context) -> {
				Node self = context.getBean(Nodes.class).self();
				assertThat(self.id()).startsWith("chat-");
				assertThat(self.name()).isEqualTo("chat");
				assertThat(self.label()).isEqualTo("eu");
				assertThat(self.metadata()).containsEntry("rack", "7");
				assertThat(self.components()).containsExactly("post");
				assertThat(self.gateway()).isFalse();
				assertThat(context.getBean(Nodes.class).all()).containsExactly(self);
			});
	}

	@Test
	void withoutAServerThePartsAreThereToo() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Users.class)
				.hasSingleBean(Nodes.class)
				.hasSingleBean(SessionRouting.class));
	}

	@Test
	void partsOfTheAppWin() {
		this.app.withBean("own", Users.class, () -> new LocalUsers(null, null))
			.run((context) -> assertThat(context).hasSingleBean(Users.class).hasBean("own"));
	}

	@GameComponent("post")
	static class Post implements NodeListener {

		private final Users users;

		private final SessionRouting routing;

		private final Node self;

		Post(Users users, Nodes nodes, SessionRouting routing) {
			this.users = users;
			this.routing = routing;
			this.self = nodes.self();
			nodes.addListener(this);
		}

		@Handler
		void login(Session session, String uid) {
			session.bind(uid);
			this.routing.bind(session, "post", this.self.id());
			this.routing.unbind(session, "post");
		}

		@Handler
		void send(String uid) {
			this.users.push(List.of(uid), "onMail", "hello");
		}

		@Handler
		CompletionStage<Integer> find(String uid) {
			return this.users.find(uid).thenApply(List::size);
		}

		@Handler
		void kick(String uid) {
			this.users.kick(uid, "enough");
		}

	}

}
