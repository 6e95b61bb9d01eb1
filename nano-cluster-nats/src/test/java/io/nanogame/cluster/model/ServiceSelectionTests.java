package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.node.Node;
import io.nanogame.node.NodeSelector;
import io.nanogame.node.NodeSelectors;
import io.nanogame.service.NanoService;
import io.nanogame.service.Offer;
import io.nanogame.service.ServiceException;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The nodes among which a caller of a service selects.
 */
class ServiceSelectionTests {

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode gate = node("gate").start(true);

	private final ModelNode first = node("first").route("first.hello", (request) -> "hello").start(false);

	private final ModelNode second = node("second").start(false);

	private final NodeSelector inTurn = NodeSelectors.roundRobin();

	private ModelNode node(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL);
	}

	private Offer<Where> offer(ModelNode node) {
		Offer<Where> offer = node.services.offer(Where.class, () -> CompletableFuture.completedFuture(node.name));
		this.cluster.settle();
		return offer;
	}

	/** Calls the service of the selected nodes, a few times. */
	private Set<String> called(NodeSelector selector) {
		Set<String> nodes = new TreeSet<>();
		for (int i = 0; i < 6; i++) {
			CompletableFuture<String> node = this.gate.services.on(Where.class, selector).node();
			this.cluster.advance(Duration.ofMillis(1));
			nodes.add(node.handle((name, failure) -> (failure instanceof ServiceException missing)
					? String.valueOf(missing.code()) : name)
				.join());
		}
		return nodes;
	}

	@Test
	void theNodesThatOfferTheServiceAreCandidates() {
		assertThat(called(this.inTurn)).containsExactly("503");
		offer(this.first);
		assertThat(called(this.inTurn)).containsExactly("first");
		offer(this.second);
		assertThat(called(this.inTurn)).containsExactly("first", "second");
		offer(this.gate).close();
		this.cluster.settle();
		assertThat(called(this.inTurn)).containsExactly("first", "second");
	}

	@Test
	void thisNodeIsACandidateToo() {
		offer(this.gate);
		assertThat(called(this.inTurn)).containsExactly("gate");
		offer(this.first);
		assertThat(called(this.inTurn)).containsExactly("first", "gate");
	}

	@Test
	void aKeySelectsTheSameNodeFromEachNode() {
		offer(this.gate);
		offer(this.first);
		for (int i = 0; i < 20; i++) {
			NodeSelector selector = NodeSelectors.consistentHash("guild " + i);
			CompletableFuture<String> there = this.second.services.on(Where.class, selector).node();
			this.cluster.advance(Duration.ofMillis(1));
			assertThat(called(selector)).containsExactly(there.join());
		}
	}

	@Test
	void aNodeThatIsLeavingIsNoCandidate() {
		offer(this.first);
		offer(this.second);
		List<Integer> candidates = new ArrayList<>();
		this.second.cluster.drain().begin();
		this.cluster.settle();
		assertThat(called((nodes) -> {
			candidates.add(nodes.size());
			return nodes.get(0);
		})).containsExactly("first");
		assertThat(candidates).as("only one node is left").isEmpty();
	}

	@Test
	void aNodeThatIsSuspectIsNoCandidate() {
		offer(this.first);
		offer(this.second);
		ModelClient client = this.gate.connect((frame) -> {
		});
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return from == to
						|| to != ServiceSelectionTests.this.first.bus && from != ServiceSelectionTests.this.first.bus;
			}

		});
		this.cluster.advance(Duration.ofMillis(1));
		client.request("first.hello", "");
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(called(this.inTurn)).containsExactly("second");
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.settle();
		assertThat(called(this.inTurn)).containsExactly("first", "second");
	}

	/** A node that hangs is subscribed. */
	@Test
	void aCallOfAnyNodeIsNotSentToASilentOne() {
		offer(this.first);
		offer(this.second);
		lose(this.first);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		assertThat(this.gate.cluster.nodes().suspectCount()).isOne();
		Where any = this.gate.services.any(Where.class);
		List<CompletableFuture<String>> calls = Stream.generate(any::node).limit(6).toList();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(calls).allSatisfy((call) -> assertThat(call).isCompletedWithValue("second"));
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.settle();
		List<CompletableFuture<String>> later = Stream.generate(any::node).limit(6).toList();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(later).extracting(CompletableFuture::join).contains("first", "second");
	}

	@Test
	void aSilentNodeIsCalledIfThereIsNoOther() {
		offer(this.first);
		lose(this.first);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		CompletableFuture<String> call = this.gate.services.any(Where.class).node();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(call).isNotDone();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(4));
		assertThat(this.gate.cluster.nodes().others()).extracting(Node::name).containsExactly("second");
	}

	/** Loses all that a node sends, as if it had stopped to run. */
	private void lose(ModelNode node) {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return (from == node.bus && to != node.bus) ? LOST : Duration.ZERO;
			}

		});
	}

	@NanoService("where")
	interface Where {

		CompletableFuture<String> node();

	}

}
