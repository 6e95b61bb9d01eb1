package io.nanogame.boot.autoconfigure.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.nanogame.boot.autoconfigure.InvalidValue;
import io.nanogame.boot.autoconfigure.Room;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Node;
import io.nanogame.node.Nodes;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.server.GameServer;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.user.Users;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NanoClusterAutoConfigurationTests {

	private static NatsServer nats;

	@BeforeAll
	static void startNats() {
		nats = new NatsServer();
	}

	@AfterAll
	static void stopNats() {
		nats.close();
	}

	private final ApplicationContextRunner app = ClusterRunner.create(nats);

	@Test
	void withoutTheKeyAServerIsAlone() {
		this.app.withPropertyValues("nano.cluster.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GameServer.class)
				.doesNotHaveBean(ClusterNode.class));
	}

	@Test
	void withoutAServerThereIsNoNode() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClusterNode.class));
	}

	@Test
	void aNodeAnnouncesItsConfiguration() {
		this.app
			.withPropertyValues("nano.cluster.name=chat", "nano.cluster.label=eu", "nano.cluster.metadata.rack=7",
					"nano.server.enabled=false")
			.withBean(Room.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(Users.class);
				Node self = context.getBean(Nodes.class).self();
				assertThat(self.id()).startsWith("chat-");
				assertThat(self.label()).isEqualTo("eu");
				assertThat(self.metadata()).containsEntry("rack", "7");
				assertThat(self.components()).containsExactly("room");
				assertThat(self.gateway()).isFalse();
				assertThat(context.getBean(GameServer.class).port()).isNegative();
			});
	}

	@Test
	void withoutANameANodeIsCalledAsTheApp() {
		this.app.withPropertyValues("spring.application.name=the chat")
			.run((context) -> assertThat(context.getBean(Nodes.class).self()).satisfies((self) -> {
				assertThat(self.name()).isEqualTo("the chat");
				assertThat(self.id()).startsWith("the_chat-");
			}));
	}

	@Test
	void anImmediateClientIsServedByANodeThatStartedBefore() {
		this.app.withPropertyValues("nano.server.enabled=false")
			.withBean(Room.class)
			.run((backend) -> this.app.run((gate) -> {
				try (RawClient client = RawClient.tcp(gate.getBean(GameServer.class).port()).handshake()) {
					client.request(1, "room.greet", "{\"name\":\"Ada\"}");
					assertThat(client.readResponse(1)).contains("Hello Ada");
				}
			}));
	}

	@Test
	void nodesOfOtherNamespacesAreNotSeen() {
		this.app.withPropertyValues("nano.cluster.namespace=one")
			.run((one) -> this.app.withPropertyValues("nano.cluster.namespace=two")
				.run((two) -> this.app.withPropertyValues("nano.cluster.namespace=one").run((other) -> {
					await().until(() -> other.getBean(Nodes.class).others().size() == 1);
					assertThat(two.getBean(Nodes.class).others()).isEmpty();
				})));
	}

	@Test
	void aChildContextThatClosesDoesNotEndTheMembershipOfTheApp() {
		this.app.run((watcher) -> this.app.withPropertyValues("nano.server.enabled=false")
			.withBean(Room.class)
			.run((context) -> {
				await().until(() -> watcher.getBean(Nodes.class).withComponent("room").size() == 1);
				GenericApplicationContext child = new GenericApplicationContext(context);
				child.refresh();
				child.close();
				assertThat(context.getBean(Nodes.class).self().leaving()).isFalse();
				assertThat(watcher.getBean(Nodes.class).withComponent("room")).hasSize(1);
			}));
	}

	@Test
	void aNodeLeavesWhenTheAppCloses() {
		this.app.run((watcher) -> {
			this.app.withPropertyValues("nano.server.enabled=false")
				.withBean(Room.class)
				.run((context) -> await().until(() -> watcher.getBean(Nodes.class).others().size() == 1));
			await().until(() -> watcher.getBean(Nodes.class).others().isEmpty());
		});
	}

	@Test
	void aStrategyOfTheAppChooses() {
		RoutingStrategy first = (session, component, candidates) -> candidates.get(0);
		this.app.withBean(RoutingStrategy.class, () -> first)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RoutingStrategy.class));
	}

	@Test
	void connectionDetailsOfTheAppWin() {
		NatsConnectionDetails own = () -> List.of(nats.url());
		this.app.withPropertyValues("nano.cluster.servers=nats://127.0.0.1:1")
			.withBean(NatsConnectionDetails.class, () -> own)
			.run((context) -> assertThat(context.getBean(ClusterNode.class).bus().isConnected()).isTrue());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nano.cluster.servers         | ''          | at least one server
			nano.cluster.servers         | nats://a:b:c | nats://localhost:4222
			nano.cluster.connect-timeout | 0           | above zero
			nano.cluster.drain.period    | -1s         | negative
			nano.cluster.heartbeat       | 0           | at least one millisecond
			nano.cluster.patience        | 300ms       | at least two intervals of nano.cluster.heartbeat
			nano.cluster.namespace       | a.b         | letters, digits, hyphens and underscores
			nano.cluster.name            | ' '         | not be blank
			nano.cluster.username        | nano        | nano.cluster.password
			nano.cluster.credentials     | /no/such    | a file that can be read
			nano.cluster.credentials     | /           | a file that can be read
			nano.cluster.ssl.verify-hostname | false   | Without TLS there is no certificate
			""")
	void anInvalidValueIsReportedWithItsKey(String key, String value, String reason) {
		this.app.withPropertyValues(key + "=" + value).run(InvalidValue.reported(key, reason));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "rubbish", "SUAM", "-----BEGIN NATS USER JWT-----\nrubbish\n" })
	void aFileWithoutCredentialsIsRefused(String text, @TempDir Path folder) throws Exception {
		Path credentials = Files.writeString(folder.resolve("nats.creds"), text);
		this.app.withPropertyValues("nano.cluster.required=false", "nano.cluster.credentials=" + credentials)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("nano.cluster.credentials");
					assertThat(ex.getReason()).contains("with NATS credentials or the seed of an nkey");
				}));
	}

	@Test
	void aBundleInAnAppWithoutBundlesIsRefused() {
		this.app.withInitializer((context) -> context.addBeanFactoryPostProcessor((beans) -> {
			BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
			for (String name : beans.getBeanNamesForType(SslBundles.class, true, false)) {
				registry.removeBeanDefinition(name);
			}
		}))
			.withPropertyValues("nano.cluster.ssl.bundle=nats")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("nano.cluster.ssl.bundle"));
	}

	@Test
	void aKeyOfTlsMayStayWhenOtherDetailsHaveNone() {
		NatsConnectionDetails own = () -> List.of(nats.url());
		this.app.withPropertyValues("nano.cluster.ssl.bundle=nats", "nano.cluster.ssl.verify-hostname=false")
			.withBean(NatsConnectionDetails.class, () -> own)
			.run((context) -> assertThat(context.getBean(ClusterNode.class).bus().isConnected()).isTrue());
	}

	@Test
	void twoLoginsAreRejectedWithoutPrintingThem(@TempDir Path folder) throws Exception {
		Path credentials = Files.writeString(folder.resolve("nats.creds"), "SU");
		this.app.withPropertyValues("nano.cluster.token=open-sesame", "nano.cluster.credentials=" + credentials)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("another login")
				.hasMessageNotContaining("sesame"));
	}

}
