package io.nanogame.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.benchmarks.Options.Part;
import io.nanogame.benchmarks.Options.Peer;
import io.nanogame.benchmarks.jmh.CodecBenchmark;
import io.nanogame.benchmarks.jmh.DispatchBenchmark;
import io.nanogame.benchmarks.jmh.GroupBenchmark;
import io.nanogame.benchmarks.report.Table;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Runs each benchmark with real servers for a short time. The values are too inexact to
 * be checked; the tests only check that there are values.
 */
class BenchmarkTests {

	/**
	 * Enough that the CPU time of the cheapest subject, in steps of 10 ms, is above 0.
	 */
	private static final int RATE = 500;

	private static final Options SHORT = new Options(EnumSet.allOf(Part.class), 1, Duration.ofMillis(200), 10,
			List.of(100), List.of(10), 2, 5, List.of(120), List.of(RATE), Path.of(System.getProperty("java.home")),
			List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), List.of(), Path.of("target", "benchmark-test"));

	@Test
	void allEchoSubjectsAreComparedWithBareNetty() throws Exception {
		List<Table> tables = new EchoBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).hasSize(2).allSatisfy((table) -> {
			assertThat(table.medians("requests/s")).hasSize(8)
				.allSatisfy((subject, rate) -> assertThat(rate).isPositive());
			assertThat(table.medians("of bare Netty")).containsEntry("bare Netty", 1.0);
			assertThat(table.medians("of not resumable"))
				.extractingByKeys("@NonBlocking, bytes, resumable", "@NonBlocking, typed JSON, resumable")
				.doesNotContain(Double.NaN);
			assertThat(table.toMarkdown()).contains("| on a worker, typed JSON | ");
		});
	}

	@Test
	void aStormReachesAllMembersInAllForms() {
		List<Table> tables = new StormBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).singleElement().satisfies((table) -> {
			Map<String, Double> deliveries = table.medians("deliveries/s");
			assertThat(deliveries).containsOnlyKeys("push to each", "broadcast", "broadcast, resumable");
			assertThat(deliveries.values()).allSatisfy((rate) -> assertThat(rate).isPositive());
		});
	}

	@Test
	void anOpenLoopKeepsItsRateWithEverySubject() throws Exception {
		List<Table> tables = new OpenBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).singleElement().satisfies((table) -> {
			assertThat(table.medians("p99, ms")).hasSize(8)
				.allSatisfy((subject, millis) -> assertThat(millis).isPositive());
			assertThat(table.medians("of bare Netty")).containsEntry("bare Netty", 1.0);
		});
	}

	@Test
	void aStreamReachesAllReadersAlthoughOneMemberIsStuck() throws Exception {
		List<Table> tables = new StreamBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).extracting((table) -> table.medians("deliveries/s").keySet())
			.containsExactly(Set.of("as it is", "one more member, stuck"), Set.of("as it is", "merge window of 5 ms"));
		assertThat(tables).allSatisfy((table) -> {
			assertThat(table.medians("deliveries/s").values()).allSatisfy((rate) -> assertThat(rate).isPositive());
			assertThat(table.medians("system calls to write a delivery").values())
				.allSatisfy((calls) -> assertThat(calls).isPositive());
		});
	}

	@Test
	void aRoomIsMeasuredWithAndWithoutMergedPushes() throws Exception {
		List<Table> tables = new RoomBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).singleElement().satisfies((table) -> {
			Map<String, Double> pushes = table.medians("pushes a delivered message");
			assertThat(pushes).containsOnlyKeys("a push for each message", "merged, 50 ms");
			assertThat(pushes.get("merged, 50 ms")).isPositive().isLessThan(pushes.get("a push for each message") / 2);
			assertThat(table.medians("bytes a delivered message").values())
				.allSatisfy((bytes) -> assertThat(bytes).isPositive());
		});
	}

	@Test
	void roomsAreMeasuredWithChangesAndWithWholeStates() throws Exception {
		List<Table> tables = new RoomsBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).singleElement().satisfies((table) -> {
			assertThat(table.medians("ticks/s of a room")).containsKeys("changes", "whole states");
			assertThat(table.medians("states a player and second").values())
				.allSatisfy((states) -> assertThat(states).isPositive());
			assertThat(table.medians("bytes a player and second").values())
				.allSatisfy((bytes) -> assertThat(bytes).isPositive());
		});
	}

	@Test
	void requestsAreMeasuredWithGrowingConnectionsGroupsAndRoutes() throws Exception {
		List<Table> tables = new ScaleBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).extracting((table) -> table.medians("requests/s").keySet())
			.containsExactly(Set.of("120 connections"), Set.of("120 groups"), Set.of("120 routes"));
		assertThat(tables).allSatisfy((table) -> assertThat(table.medians("requests/s").values())
			.allSatisfy((rate) -> assertThat(rate).isPositive()));
	}

	@Test
	void aServerIsProfiledUnderLoad() throws Exception {
		Table table = new ProfileBenchmark(SHORT, (progress) -> {
		}).run();
		// A storm this short ends before the profiler has many samples.
		assertThat(table.medians("sockets (system calls)")).hasSize(7)
			.containsKey("broadcast")
			.allSatisfy((subject, share) -> assertThat(share).isGreaterThanOrEqualTo(0));
		assertThat(table.medians("sockets (system calls)").values().stream().mapToDouble(Double::doubleValue).sum())
			.isPositive();
		assertThat(SHORT.output().resolve("profile-broadcast.html")).isNotEmptyFile();
	}

	@Test
	void idleConnectionsAreMeasuredOnAllPorts() {
		Table table = new MemoryBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(table.medians("connected a second")).containsOnlyKeys("bare Netty, TCP, 100",
				"bare Netty, WebSocket, 100", "starter, TCP, 100", "starter, TCP, resumable, 100",
				"starter, WebSocket, 100", "WebFlux, WebSocket, 100", "servlet container, WebSocket, 100");
	}

	@Test
	void aRequestIsForwardedToABackend() throws Exception {
		List<Table> tables = new ForwardBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).hasSize(2).allSatisfy((table) -> {
			assertThat(table.medians("requests/s")).hasSize(3)
				.allSatisfy((subject, rate) -> assertThat(rate).isPositive());
			assertThat(table.medians("backend, µs").get("handled on a backend")).isPositive();
		});
	}

	@Test
	void aBroadcastIsOneNatsMessagePerGateWithMembers() throws Exception {
		List<Table> tables = new FanOutBenchmark(SHORT, (progress) -> {
		}).run();
		assertThat(tables).singleElement().satisfies((table) -> {
			assertThat(table.medians("deliveries/s").values()).allSatisfy((rate) -> assertThat(rate).isPositive());
			assertThat(table.medians("NATS messages a broadcast")).containsEntry("one node", 0.0)
				.containsEntry("two gates and a backend", 2.0);
		});
	}

	@Test
	void aRequestIsHandledWithoutASocket() {
		DispatchBenchmark benchmark = new DispatchBenchmark();
		benchmark.start();
		byte[] answer = ByteBufUtil.getBytes(benchmark.request());
		benchmark.stop();
		// A data packet of 60 bytes: a response to 1234, and the body of the request.
		assertThat(answer).startsWith(4, 0, 0, 60, 4, 0xd2, 9, '{').endsWith('}').hasSize(64);
	}

	@Test
	void aBroadcastReachesTheLoopsOfAllMembers() {
		GroupBenchmark benchmark = new GroupBenchmark();
		benchmark.start();
		assertThat(benchmark.broadcast()).as("one for each of two loops").isEqualTo(2);
		assertThat(benchmark.leaveAndJoin()).isTrue();
		assertThat(benchmark.broadcast()).isEqualTo(4);
	}

	@Test
	void aMessageIsReadFromItsPacket() {
		CodecBenchmark benchmark = new CodecBenchmark();
		Message message = benchmark.decode();
		benchmark.stop();
		assertThat(message.type()).isEqualTo(MessageType.REQUEST);
		assertThat(message.route()).isEqualTo("room.message");
		assertThat(message.body()).hasSize(57);
	}

	@Test
	void aPeerIsNamedWithItsRouteAndProcess() {
		Options options = Options.of("--only", "echo", "--peer", "nano=127.0.0.1:3250:room.echo:42");
		assertThat(options.parts()).containsOnly(Part.ECHO);
		assertThat(options.peers()).singleElement()
			.extracting(Peer::name, Peer::route, Peer::pid)
			.containsExactly("nano", "room.echo", 42L);
	}

	@Test
	void invalidOptionsAreExplained() {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--only", "everything"))
			.withMessage("There is no part 'everything'");
		assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--rounds"))
			.withMessage("--rounds is unknown, or needs a value");
		assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--peer", "nano"))
			.withMessageContaining("NAME=HOST:PORT:ROUTE");
		assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--jdk", "nowhere"))
			.withMessageContaining("no JDK");
	}

}
