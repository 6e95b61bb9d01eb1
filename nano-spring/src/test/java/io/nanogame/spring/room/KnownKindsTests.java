package io.nanogame.spring.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Kinds of rooms at a node that has just started. */
class KnownKindsTests {

	private final ManualTime time = new ManualTime(() -> {
	});

	private final OtherNodes nodes = new OtherNodes();

	private final KnownKinds kinds = new KnownKinds("own"::equals, () -> this.nodes,
			new Timers(Runnable::run, Duration.ofMillis(10), this.time), Runnable::run);

	private CompletableFuture<Void> await(String kind) {
		return this.kinds.await(kind).toCompletableFuture();
	}

	@Test
	void aKindOfAnotherNodeIsAwaited() {
		CompletableFuture<Void> arena = await("arena");
		CompletableFuture<Void> chess = await("chess");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(arena).isNotDone();
		this.nodes.component = "arena";
		this.time.advance(Duration.ofMillis(100));
		assertThat(arena).isCompleted();
		assertThat(chess).isNotDone();
		this.nodes.areAllKnown = true;
		this.time.advance(Duration.ofMillis(100));
		assertThat(chess).isCompleted();
	}

	@Test
	void anOwnKindIsKnown() {
		assertThat(await("own")).isCompleted();
	}

	@Test
	void theWaitEndsWithoutOtherNodes() {
		CompletableFuture<Void> arena = await("arena");
		this.time.advance(Duration.ofSeconds(9));
		assertThat(arena).isNotDone();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(arena).isCompleted();
	}

	private static final class OtherNodes implements Nodes {

		private boolean areAllKnown;

		private String component = "";

		@Override
		public boolean areAllKnown() {
			return this.areAllKnown;
		}

		@Override
		public List<Node> withComponent(String name) {
			return name.equals(this.component) ? List.of(self()) : List.of();
		}

		@Override
		public Node self() {
			return new Node("a", "", "", Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), false, false, 0);
		}

		@Override
		public List<Node> others() {
			return List.of();
		}

		@Override
		public List<Node> all() {
			return List.of();
		}

		@Override
		public Optional<Node> find(String id) {
			return Optional.empty();
		}

		@Override
		public boolean isUp(String id) {
			return false;
		}

		@Override
		public boolean isKnown(String name) {
			return false;
		}

		@Override
		public void addListener(NodeListener listener) {
		}

		@Override
		public void removeListener(NodeListener listener) {
		}

	}

}
