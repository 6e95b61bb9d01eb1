package io.nanogame.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What clients see of nodes and NATS servers that die.
 */
class FailureTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate").lane("here.echo", (request) -> request.body());

	@AfterEach
	void stop() {
		this.gate.close();
		this.nats.close();
	}

	private void awaitNodes(int others) {
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == others);
	}

	private static String codeOf(Mono<?> answer) {
		try {
			answer.block(Duration.ofSeconds(10));
			return "200";
		}
		catch (ErrorResponseException ex) {
			return ex.code();
		}
	}

	@Test
	void requestsOfANodeThatIsKilledAreAnsweredAndTheNextOnesGoElsewhere() {
		this.gate.strategy((session, component, candidates) -> candidates.get(0)).start();
		try (NodeProcess first = NodeProcess.start(this.nats, "a");
				NodeProcess second = NodeProcess.start(this.nats, "b")) {
			awaitNodes(2);
			try (NanoClient client = this.gate.client()) {
				assertThat(client.call("room.where", null, Text.class)).isEqualTo(new Text("a"));
				List<Mono<Text>> hanging = new ArrayList<>();
				for (int i = 0; i < 20; i++) {
					hanging.add(begin(client.request("room.hang", null, Text.class)));
				}
				client.call("room.echo", new Text("behind them"), Text.class);
				first.kill();
				// They had begun, and how far they came is not known.
				assertThat(hanging).allSatisfy((answer) -> assertThat(codeOf(answer)).isEqualTo("408"));
				assertThat(client.call("room.where", null, Text.class)).isEqualTo(new Text("b"));
			}
			assertThat(second).isNotNull();
		}
	}

	@Test
	void aSessionWhoseNodeIsKilledIsKnownToAnotherAlsoWhenItsClientIsSilent() {
		List<String> heard = new CopyOnWriteArrayList<>();
		this.gate.strategy((session, component, candidates) -> candidates.get(0)).start();
		try (NodeProcess first = NodeProcess.start(this.nats, "a");
				TestNode second = TestNode.backend(this.nats, "b")) {
			second.sessions.addListener(new SessionListener() {

				@Override
				public void opened(Session session) {
					heard.add("opened");
				}

				@Override
				public void closed(Session session, CloseReason reason) {
					heard.add(reason.code() + " " + session.attributes().getString("seat"));
				}

			});
			second.lane("room.where", (request) -> new Text("b")).start();
			awaitNodes(2);
			NanoClient client = this.gate.client();
			assertThat(client.call("room.where", null, Text.class)).isEqualTo(new Text("a"));
			this.gate.sessions.all().iterator().next().attributes().set("seat", "window");
			assertThat(heard).isEmpty();
			first.kill();
			Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("opened"));
			client.close();
			Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("opened", "client-closed window"));
		}
	}

	@Test
	void withoutANodeThatHandlesItARequestIsAnswered503() {
		this.gate.start();
		try (NodeProcess only = NodeProcess.start(this.nats, "a"); NanoClient client = this.gate.client()) {
			awaitNodes(1);
			client.call("room.join", null, Text.class);
			only.kill();
			awaitNodes(0);
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("room.join", null, Text.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo("503"));
			assertThat(client.call("here.echo", new Text("local"), Text.class)).isEqualTo(new Text("local"));
		}
	}

	@Test
	void withoutNatsWhatIsUnderWayIsAnsweredInItsOrder() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		try (TestNode room = TestNode.backend(this.nats, "room").lane("room.hang", (request) -> {
			begun.countDown();
			return request.defer();
		}).lane("room.echo", (request) -> request.body()).start()) {
			this.gate.start();
			awaitNodes(1);
			try (NanoClient client = this.gate.client()) {
				for (int i = 0; i < 13; i++) {
					client.call("room.echo", new Text("x"), Text.class);
				}
				List<Integer> answered = new CopyOnWriteArrayList<>();
				for (int i = 0; i < 4; i++) {
					int number = i;
					client.request("room.hang", null, Text.class).subscribe((text) -> {
					}, (failure) -> answered.add(number));
				}
				assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
				client.call("room.echo", new Text("behind them"), Text.class);
				this.nats.kill();
				Awaitility.await().untilAsserted(() -> assertThat(answered).containsExactly(0, 1, 2, 3));
			}
			assertThat(room).isNotNull();
		}
	}

	/** Its order must not wait for what another node can say no more. */
	@Test
	void withoutNatsASessionThatWaitsForAnotherNodeGoesOnHere() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		try (TestNode room = TestNode.backend(this.nats, "room").lane("room.block", (request) -> {
			begun.countDown();
			release.await();
			return new Text("late");
		}).start()) {
			this.gate.start();
			awaitNodes(1);
			try (NanoClient client = this.gate.client()) {
				Mono<Text> blocked = begin(client.request("room.block", null, Text.class));
				Mono<Text> behind = begin(client.request("here.echo", new Text("local"), Text.class));
				assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
				this.nats.kill();
				assertThat(codeOf(blocked)).isEqualTo("408");
				assertThat(codeOf(behind)).isEqualTo("200");
				assertThat(codeOf(client.request("room.block", null, Text.class))).isEqualTo("503");
			}
			finally {
				release.countDown();
			}
			assertThat(room).isNotNull();
		}
	}

	private static <T> Mono<T> begin(Mono<T> request) {
		Mono<T> answer = request.cache();
		answer.subscribe((value) -> {
		}, (failure) -> {
		});
		return answer;
	}

	@Test
	void withoutNatsLocalWorkGoesOnAndAllIsWellWhenItIsBack() {
		this.gate.start();
		try (NodeProcess room = NodeProcess.start(this.nats, "a"); NanoClient client = this.gate.client()) {
			awaitNodes(1);
			client.call("room.join", null, Text.class);
			this.nats.kill();
			// What is sent before the gate notices is lost, and waits for its time-out.
			Awaitility.await().until(() -> !this.gate.cluster.isConnected());
			assertThat(codeOf(client.request("room.echo", new Text("x"), Text.class))).isEqualTo("503");
			assertThat(client.call("here.echo", new Text("local"), Text.class)).isEqualTo(new Text("local"));
			this.nats.start();
			Awaitility.await()
				.untilAsserted(() -> assertThat(codeOf(client.request("room.echo", new Text("x"), Text.class)))
					.isEqualTo("200"));
			List<String> heard = new CopyOnWriteArrayList<>();
			client.on("onMessage", Text.class, (text) -> heard.add(text.text()));
			client.call("room.say", null, Text.class);
			Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("a"));
			assertThat(room).isNotNull();
		}
	}

	@Test
	void whatAClientHasSaidBeforeItHungUpIsHandledByAllNodes() {
		List<String> heard = new CopyOnWriteArrayList<>();
		CountDownLatch gone = new CountDownLatch(1);
		this.gate.lane("here.wait", (request) -> gone.await(1, TimeUnit.SECONDS)).start();
		try (TestNode room = TestNode.backend(this.nats, "room")) {
			room.lane("room.say", (request) -> heard.add(new String(request.body()))).start();
			awaitNodes(1);
			NanoClient client = this.gate.client();
			client.notify("here.wait", null);
			for (int i = 0; i < 5; i++) {
				client.notify("room.say", String.valueOf(i).getBytes());
			}
			Awaitility.await().until(() -> this.gate.sessions.count() == 1);
			Session session = this.gate.sessions.all().iterator().next();
			Awaitility.await().until(() -> SessionHandle.of(session).queue().backlog() >= 6);
			client.close();
			Awaitility.await().until(() -> !session.isOpen());
			gone.countDown();
			Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("0", "1", "2", "3", "4"));
			Awaitility.await().until(() -> room.sessions.count() == 0);
		}
	}

	@Test
	void aNodeListenerThatFailsDoesNotEndTheSearchForDeadNodes() throws IOException {
		try (CuttableLink link = new CuttableLink(this.nats); TestNode room = TestNode.backend(link.url(), "room")) {
			this.gate.cluster.nodes().addListener(new NodeListener() {

				@Override
				public void down(Node node) {
					throw new AssertionError("broken");
				}

			});
			this.gate.start();
			room.start();
			awaitNodes(1);
			for (int i = 0; i < 2; i++) {
				link.cut();
				awaitNodes(0);
				link.mend();
				awaitNodes(1);
			}
		}
	}

	@Test
	void requestsOfASessionThatCannotBeToldOfAreAllAnswered() {
		CountDownLatch sent = new CountDownLatch(1);
		this.gate.lane("here.wait", (request) -> sent.await(10, TimeUnit.SECONDS)).start();
		try (TestNode room = TestNode.backend(this.nats, "room")) {
			room.lane("room.echo", (request) -> request.body()).start();
			awaitNodes(1);
			try (NanoClient client = this.gate.client()) {
				Awaitility.await().until(() -> this.gate.sessions.count() == 1);
				Session session = this.gate.sessions.all().iterator().next();
				session.principal(() -> {
					throw new IllegalStateException("no name");
				});
				client.notify("here.wait", null);
				List<Mono<Text>> answers = new ArrayList<>();
				for (int i = 0; i < 3; i++) {
					Mono<Text> answer = client.request("room.echo", new Text("x"), Text.class).cache();
					answer.subscribe((value) -> {
					}, (failure) -> {
					});
					answers.add(answer);
				}
				Awaitility.await().until(() -> SessionHandle.of(session).queue().backlog() >= 4);
				sent.countDown();
				assertThat(answers).allSatisfy((answer) -> assertThat(codeOf(answer)).isEqualTo("500"));
				Awaitility.await().until(() -> SessionHandle.of(session).queue().backlog() == 0);
			}
		}
	}

}
