package io.nanogame.cluster.service;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import io.nanogame.trace.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of a claimed instance by callers that know another owner.
 */
class FencedCallsTests {

	private static final Duration LEASE = Duration.ofSeconds(10);

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final MemoryNetwork network = new MemoryNetwork(this.time, this.threads.executor());

	private final Subjects subjects = new Subjects("test", "caller-1");

	private final Lanes lanes = new Lanes(this.threads.executor(), 1000);

	private final MemoryBus caller = this.network.connect();

	private final List<AnswerFrame> answers = new ArrayList<>();

	private final List<String> executed = new ArrayList<>();

	@BeforeEach
	void claim() {
		MemoryBus bus = this.network.connect();
		ClusterClaims claims = new ClusterClaims("owner-1", bus.newLeases("claims", LEASE), LEASE, this.time,
				this.lanes.create("claims"));
		Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));
		Services services = new Services(this.lanes,
				new Timers(this.lanes.named("timer"), Duration.ofMillis(1), this.time), Duration.ofSeconds(5),
				List.of(), ServerEvents.NONE, Tracing.NONE);
		services.join(
				new ClusterServices("owner-1", bus, bus.newReader(), new Subjects("test", "owner-1"), payloads, () -> {
				}, claims));
		services.claim(Door.class, "front", this.lanes.create("door"), (fence) -> {
			this.executed.add("owner since " + fence);
			return () -> {
				this.executed.add("open");
				return "opened";
			};
		});
		this.caller.newReader()
			.subscribe(this.subjects.all(Topics.answer("caller-1", "1")),
					(message) -> this.answers.add(read(message.body())));
		this.time.advance(Duration.ZERO);
		assertThat(this.executed).containsExactly("owner since 1");
	}

	@AfterEach
	void stop() {
		this.threads.close();
	}

	private static AnswerFrame read(byte[] body) {
		try {
			return AnswerFrame.read(body);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void call(CallFrame.Kind kind, long fence) {
		CallFrame frame = new CallFrame(kind, "caller-1", 1, 5000, fence,
				new CallFrame.Invocation("open", Map.of(), List.of()));
		this.caller.publish(this.subjects.own(Topics.serviceAt("door", "front")),
				this.subjects.own(Topics.answer("caller-1", "1")), frame.write());
		this.time.advance(Duration.ZERO);
	}

	@Test
	void theOwnerExecutesCallsAndItsReplyHasItsFence() {
		call(CallFrame.Kind.CALL, 0);
		call(CallFrame.Kind.CALL, 1);
		assertThat(this.executed).containsExactly("owner since 1", "open", "open");
		assertThat(this.answers).hasSize(2).allMatch((answer) -> answer.fence() == 1 && answer.code() == 0);
	}

	@Test
	void aCallOfACallerThatKnowsALaterOwnerIsNotExecuted() {
		call(CallFrame.Kind.CALL, 2);
		call(CallFrame.Kind.SEND, 2);
		assertThat(this.executed).containsExactly("owner since 1");
		assertThat(this.answers).hasSize(1)
			.allMatch((answer) -> answer.code() == ServiceException.NOT_THERE && answer.fence() == 0);
	}

	@NanoService("door")
	interface Door {

		String open();

	}

}
