package io.nanogame.cluster.bus.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The faults that a test can cause.
 */
class MemoryNetworkTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final MemoryNetwork network = new MemoryNetwork(this.time, this.threads.executor());

	private final MemoryBus sender = this.network.connect();

	private final MemoryBus receiver = this.network.connect();

	private final List<String> received = new ArrayList<>();

	@BeforeEach
	void subscribe() {
		this.receiver.newReader().subscribe("news", (message) -> this.received.add(new String(message.body())));
		this.sender.newReader().subscribe("lost", (message) -> this.received.add("no recipient"));
	}

	@AfterEach
	void stop() {
		this.threads.close();
	}

	private void publish(String text) {
		this.sender.publish("news", "lost", text.getBytes());
	}

	private void delay(Duration delay) {
		this.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return delay;
			}

		});
	}

	@Test
	void aDelayedMessageArrivesInTime() {
		delay(SECOND);
		publish("late");
		this.time.advance(SECOND.minusNanos(1));
		assertThat(this.received).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.received).containsExactly("late");
	}

	@Test
	void aLaterMessageOfTheSameBusDoesNotOvertake() {
		delay(SECOND);
		publish("first");
		delay(Duration.ZERO);
		publish("second");
		delay(SECOND.dividedBy(2));
		publish("third");
		this.time.advance(SECOND);
		assertThat(this.received).containsExactly("first", "second", "third");
	}

	@Test
	void aLostMessageIsNotReported() {
		delay(Faults.LOST);
		publish("gone");
		this.network.setFaults(Faults.NONE);
		publish("here");
		this.time.advance(SECOND);
		assertThat(this.received).containsExactly("here");
	}

	@Test
	void aMessageInFlightIsLostWithTheConnection() {
		delay(SECOND);
		publish("gone");
		this.receiver.disconnect();
		this.receiver.reconnect();
		this.time.advance(SECOND);
		assertThat(this.received).isEmpty();
	}

	@Test
	void aDisconnectedBusIsNoRecipient() {
		this.receiver.disconnect();
		publish("gone");
		this.time.advance(SECOND);
		assertThat(this.received).containsExactly("no recipient");
	}

	@Test
	void aBusBehindAPartitionIsNoRecipientAndStaysConnected() {
		this.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return from == to;
			}

		});
		publish("gone");
		this.time.advance(SECOND);
		assertThat(this.received).containsExactly("no recipient");
		assertThat(this.receiver.isConnected()).isTrue();
	}

}
