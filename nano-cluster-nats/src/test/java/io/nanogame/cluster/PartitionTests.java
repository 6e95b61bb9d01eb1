package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see when a node that lives is out of reach for a while: packets vanish,
 * and no connection ends. The property {@code partition.seconds} makes the while longer.
 */
class PartitionTests {

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("partition.seconds", 2));

	/** TCP tries again ever more rarely. */
	private static final Duration RECOVERY = LENGTH.multipliedBy(2).plusSeconds(10);

	private final NetworkNamespace elsewhere = new NetworkNamespace();

	private final NatsServer nats = NatsServer.at(this.elsewhere.addressOfThisMachine());

	private final TestNode gate = TestNode.gateway(this.nats, "gate").lane("here.echo", (request) -> request.body());

	@AfterEach
	void stop() {
		this.gate.close();
		this.nats.close();
		this.elsewhere.close();
	}

	@Test
	void aNodeOutOfReachIsDoneWithoutAndComesBackByItself() {
		this.gate.strategy((session, component, candidates) -> candidates.get(0)).start();
		try (NodeProcess far = NodeProcess.start(this.elsewhere, this.nats, "far");
				NodeProcess near = NodeProcess.start(this.nats, "near");
				NanoClient ann = this.gate.client()) {
			awaitNodes(2);
			List<String> heard = new CopyOnWriteArrayList<>();
			ann.on("onMessage", Text.class, (text) -> heard.add(text.text()));
			assertThat(ann.call("room.join", null, Text.class)).isEqualTo(new Text("far"));
			List<Mono<Text>> hanging = hang(ann);

			this.elsewhere.unplug();
			Set<String> codes = askAllTheTime(ann);
			assertThat(codes).isSubsetOf("200", "503", "408");
			assertThat(hanging).allSatisfy((answer) -> assertThat(codeOf(answer)).isEqualTo("408"));
			assertThat(ann.call("room.where", null, Text.class)).isEqualTo(new Text("near"));

			this.elsewhere.plug();
			awaitNodes(2);
			try (NanoClient bob = this.gate.client()) {
				assertThat(bob.call("room.where", null, Text.class)).isEqualTo(new Text("far"));
				bob.call("room.say", null, Text.class);
				Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("far"));
				Awaitility.await()
					.untilAsserted(() -> assertThat(bob.call("room.count", null, Text.class)).isEqualTo(new Text("1")));
			}
			assertThat(List.of(far, near)).hasSize(2);
		}
	}

	/** Requests that nobody answers. */
	private static List<Mono<Text>> hang(NanoClient client) {
		List<Mono<Text>> hanging = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			Mono<Text> answer = client.request("room.hang", null, Text.class).cache();
			answer.subscribe((value) -> {
			}, (failure) -> {
			});
			hanging.add(answer);
		}
		client.call("room.echo", new Text("behind them"), Text.class);
		return hanging;
	}

	/** As long as the node is out of reach; one request behind the other. */
	private static Set<String> askAllTheTime(NanoClient client) {
		Set<String> codes = new TreeSet<>();
		long end = System.nanoTime() + LENGTH.toNanos();
		while (System.nanoTime() - end < 0) {
			codes.add(codeOf(client.request("room.where", null, Text.class)));
			codes.add(codeOf(client.request("here.echo", new Text("local"), Text.class)));
		}
		return codes;
	}

	private void awaitNodes(int others) {
		Awaitility.await().atMost(RECOVERY).until(() -> this.gate.cluster.nodes().others().size() == others);
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

}
