package io.nanogame.lane;

import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LanesTests {

	private final ManualExecutor workers = new ManualExecutor();

	private final Lanes lanes = new Lanes(this.workers, 1);

	@Test
	void aNameAlwaysReturnsTheSameLane() {
		assertThat(this.lanes.named("battle")).isSameAs(this.lanes.named("battle"))
			.isNotSameAs(this.lanes.named("chat"))
			.hasToString("Lane[battle]");
	}

	@Test
	void aCreatedLaneIsNotShared() {
		assertThat(this.lanes.create("room")).isNotSameAs(this.lanes.create("room"))
			.isNotSameAs(this.lanes.named("room"));
	}

	@Test
	void allLanesHaveTheSameWorkersAndCapacity() {
		Lane lane = this.lanes.create("room");
		lane.execute(() -> assertThat(lane.isCurrent()).isTrue());
		assertThat(this.lanes.workers()).isSameAs(this.workers);
		assertThat(this.workers.waiting()).isOne();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> lane.execute(() -> {
		}));
		this.workers.runAll();
		assertThat(lane.size()).isZero();
	}

}
