package io.nanogame.cluster.bus.nats;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusContract;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

class NatsBusContractTests extends BusContract {

	private final NatsServer nats = new NatsServer();

	@AfterEach
	void stop() {
		this.nats.close();
	}

	@Override
	protected Bus connect() {
		return NatsBus.connect(Options.builder().server(this.nats.url()).reconnectWait(Duration.ofMillis(50)));
	}

	@Override
	protected void flush(Bus bus) {
		try {
			((NatsBus) bus).connection().flush(Duration.ofSeconds(5));
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	protected void interrupt(List<Bus> buses) {
		this.nats.kill();
		Awaitility.await().until(() -> buses.stream().noneMatch(Bus::isConnected));
	}

	@Override
	protected void restore() {
		this.nats.start();
	}

}
