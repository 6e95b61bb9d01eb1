package io.nanogame.spring.room;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.spring.OtherNodes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Kinds of rooms at a node that has just started. */
class KnownKindsTests {

	private final ManualTime time = new ManualTime(() -> {
	});

	private final OtherNodes nodes = new OtherNodes();

	private final KnownKinds kinds = new KnownKinds("own"::equals, () -> this.nodes,
			new Timers(Runnable::run, Duration.ofMillis(10), this.time), Runnable::run);

	private CompletableFuture<Boolean> await(String kind) {
		return this.kinds.await(kind).toCompletableFuture();
	}

	@Test
	void aKindOfAnotherNodeIsAwaited() {
		CompletableFuture<Boolean> arena = await("arena");
		CompletableFuture<Boolean> chess = await("chess");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(arena).isNotDone();
		this.nodes.add("b", "arena", "rooms");
		this.time.advance(Duration.ofMillis(100));
		assertThat(arena).isCompletedWithValue(true);
		assertThat(chess).isNotDone();
		this.nodes.allKnown();
		this.time.advance(Duration.ofMillis(100));
		assertThat(chess).isCompletedWithValue(false);
	}

	@Test
	void anOwnKindIsKnown() {
		assertThat(await("own")).isCompletedWithValue(true);
	}

	@Test
	void theWaitEndsWithoutOtherNodes() {
		CompletableFuture<Boolean> arena = await("arena");
		this.time.advance(Duration.ofSeconds(9));
		assertThat(arena).isNotDone();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(arena).isCompletedWithValue(false);
	}

}
