package io.nanogame.cluster.bus.memory;

import java.time.Duration;
import java.util.List;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.LeasesContract;
import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryLeasesTests extends LeasesContract {

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final MemoryNetwork network = new MemoryNetwork(this.time, this.threads.executor());

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Override
	protected Bus connect() {
		return this.network.connect();
	}

	@Override
	protected void pass(Duration duration) {
		this.time.advance(duration);
	}

	@Override
	protected void interrupt(List<Bus> buses) {
		buses.forEach((bus) -> ((MemoryBus) bus).disconnect());
	}

	@Override
	protected void assertLasted(long startNanos) {
		assertThat(Duration.ofNanos(this.time.nanoTime())).isEqualTo(LENGTH);
	}

}
