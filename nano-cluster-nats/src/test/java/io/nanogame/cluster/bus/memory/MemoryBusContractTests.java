package io.nanogame.cluster.bus.memory;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusContract;
import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.AfterEach;

class MemoryBusContractTests extends BusContract {

	private final GameThreads threads = new GameThreads();

	private final MemoryNetwork network = new MemoryNetwork(new ManualTime(this.threads), this.threads.executor());

	private final List<MemoryBus> interrupted = new ArrayList<>();

	@AfterEach
	void stop() {
		this.threads.close();
	}

	@Override
	protected Bus connect() {
		return this.network.connect();
	}

	/** The network knows them at once. */
	@Override
	protected void flush(Bus bus) {
	}

	@Override
	protected void interrupt(List<Bus> buses) {
		for (Bus bus : buses) {
			MemoryBus memory = (MemoryBus) bus;
			memory.disconnect();
			this.interrupted.add(memory);
		}
	}

	@Override
	protected void restore() {
		this.interrupted.forEach(MemoryBus::reconnect);
	}

}
