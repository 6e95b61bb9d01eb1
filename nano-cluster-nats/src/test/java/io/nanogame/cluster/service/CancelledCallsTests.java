package io.nanogame.cluster.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.bus.memory.MemoryNetwork;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import io.nanogame.observe.ServerEvents;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import io.nanogame.trace.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls whose callers cancel them. The cancellation has another subject than the call, so
 * it may arrive first.
 */
class CancelledCallsTests {

	private static final Duration LEASE = Duration.ofSeconds(10);

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final MemoryNetwork network = new MemoryNetwork(this.time, this.threads.executor());

	private final Subjects subjects = new Subjects("test", "caller-1");

	private final Lanes lanes = new Lanes(this.threads.executor(), 1000);

	private final MemoryBus caller = this.network.connect();

	private final List<CompletableFuture<String>> calls = new ArrayList<>();

	@BeforeEach
	void offer() {
		MemoryBus bus = this.network.connect();
		ClusterClaims claims = new ClusterClaims("bank-1", bus.newLeases("claims", LEASE), LEASE, this.time,
				this.lanes.create("claims"));
		Services services = new Services(this.lanes,
				new Timers(this.lanes.named("timer"), Duration.ofMillis(1), this.time), Duration.ofSeconds(5),
				List.of(), ServerEvents.NONE, Tracing.NONE);
		services.join(new ClusterServices("bank-1", bus, bus.newReader(), new Subjects("test", "bank-1"),
				new Payloads(new JsonSerializer(JsonMapper.shared())), () -> {
				}, claims));
		services.offer(Bank.class, () -> {
			CompletableFuture<String> never = new CompletableFuture<>();
			this.calls.add(never);
			return never;
		});
		this.time.advance(Duration.ZERO);
	}

	@AfterEach
	void stop() {
		this.threads.close();
	}

	private void call(long number) {
		CallFrame frame = new CallFrame(CallFrame.Kind.CALL, "caller-1", number, 5000, 0,
				new CallFrame.Invocation("hang", Map.of(), List.of()));
		this.caller.publish(this.subjects.own(Topics.service("bank")),
				this.subjects.own(Topics.answer("caller-1", Long.toString(number))), frame.write());
		this.time.advance(Duration.ZERO);
	}

	private void cancel(long number) {
		this.caller.publish(this.subjects.own(Topics.allServices("bank")),
				CallFrame.cancel("caller-1", number).write());
		this.time.advance(Duration.ZERO);
	}

	@Test
	void aCallIsCancelled() {
		call(1);
		call(2);
		cancel(1);
		assertThat(this.calls).extracting(CompletableFuture::isCancelled).containsExactly(true, false);
	}

	@Test
	void aCallThatArrivesAfterItsCancellationIsCancelled() {
		cancel(2);
		call(1);
		call(2);
		// The lane may not even have begun it.
		assertThat(this.calls).filteredOn((call) -> !call.isCancelled()).hasSize(1);
		assertThat(this.calls.get(0)).isNotCancelled();
	}

	@NanoService("bank")
	interface Bank {

		CompletableFuture<String> hang();

	}

}
