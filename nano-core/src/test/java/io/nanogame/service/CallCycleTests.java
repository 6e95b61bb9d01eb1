package io.nanogame.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.observe.ServerEvents;
import io.nanogame.trace.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Services that wait for each other. The time-out is longer than the tests.
 */
class CallCycleTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private final Lanes lanes = new Lanes(this.workers, 1000);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final Services services = new Services(this.lanes, this.timers, TIMEOUT, List.of(), ServerEvents.NONE,
			Tracing.NONE);

	private final Map<String, Lane> offered = new HashMap<>();

	@AfterEach
	void stop() {
		this.timers.stop();
		this.workers.shutdownNow();
	}

	private Room room(String name) {
		Lane lane = this.lanes.create(name);
		this.offered.put(name, lane);
		this.services.offer(Room.class, name, (task) -> task.get(), lane);
		return this.services.at(Room.class, name);
	}

	/** Keeps the next call of each room from running on the thread of its caller. */
	private void makeBusy(String... rooms) {
		for (String room : rooms) {
			Lane lane = this.offered.get(room);
			lane.execute(() -> {
				while (lane.size() < 2) {
					Thread.onSpinWait();
				}
			});
		}
	}

	private static Object call(Stream<Room> rooms, Supplier<Object> last) {
		return rooms.reduce(last, (task, room) -> () -> room.run(task), (one, other) -> other).get();
	}

	/** A refusal reaches the first caller, unlike the failure of a service. */
	private static Object problem(Supplier<Object> call) {
		try {
			return call.get();
		}
		catch (ServiceException ex) {
			return ex.code() + " " + ex.getMessage();
		}
	}

	@Test
	void aCallThatReturnsToItsCallerFailsAtOnceOnOneThread() {
		Room arena = room("pit");
		Room ranking = room("best");
		Object result = call(Stream.of(ranking, arena), () -> problem(() -> arena.run(() -> "never")));
		assertThat(result).isEqualTo("508 The call would wait for itself: room 'pit' → room 'best' → room 'pit'");
	}

	@Test
	void aCallThatReturnsToItsCallerFailsAtOnceOnTwoThreads() {
		Room arena = room("pit");
		Room ranking = room("best");
		Object result = arena.run(() -> {
			makeBusy("best");
			return ranking.run(() -> problem(() -> arena.run(() -> "never")));
		});
		assertThat(result).isEqualTo("508 The call would wait for itself: room 'pit' → room 'best' → room 'pit'");
	}

	@Test
	void theChainNamesAllServicesOnAnyThread() {
		Room a = room("a");
		Room b = room("b");
		Room c = room("c");
		Room d = room("d");
		for (List<String> busy : List.of(List.<String>of(), List.of("b"), List.of("c"), List.of("b", "d"),
				List.of("b", "c", "d"))) {
			Object result = a.run(() -> {
				makeBusy(busy.toArray(String[]::new));
				return b.run(() -> c.run(() -> d.run(() -> problem(() -> b.run(() -> "never")))));
			});
			assertThat(result).as("busy: %s", busy)
				.isEqualTo("508 The call would wait for itself: room 'b' → room 'c' → room 'd' → room 'b'");
		}
	}

	@Test
	void ofTwoIndependentCallsThatWaitForEachOtherOneFailsAndOneSucceeds() throws Exception {
		Room one = room("one");
		Room two = room("two");
		CyclicBarrier both = new CyclicBarrier(2);
		CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> one.run(() -> meetAndCall(both, two)),
				this.workers);
		CompletableFuture<Object> second = CompletableFuture.supplyAsync(() -> two.run(() -> meetAndCall(both, one)),
				this.workers);
		List<Object> results = List.of(first.get(30, TimeUnit.SECONDS), second.get(30, TimeUnit.SECONDS));
		assertThat(results).containsOnlyOnce("done");
		assertThat(results).anySatisfy((result) -> assertThat(result).asString().startsWith("508 "));
	}

	private static Object meetAndCall(CyclicBarrier both, Room other) {
		try {
			both.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return problem(() -> other.run(() -> "done"));
	}

	@Test
	void theLaneOfAHandlerIsPartOfACycle() throws Exception {
		Room ranking = room("best");
		Lane lane = this.lanes.create("arena");
		this.services.offer(Room.class, "pit", (task) -> task.get(), lane);
		Room arena = this.services.at(Room.class, "pit");
		CompletableFuture<Object> handled = new CompletableFuture<>();
		lane.execute(() -> handled.complete(ranking.run(() -> problem(() -> arena.run(() -> "never")))));
		assertThat(handled.get(30, TimeUnit.SECONDS)).asString().endsWith("room 'pit' → room 'best' → room 'pit'");
	}

	@Test
	void theFirstCallerOfACycleReceivesAFailureOfTheServiceThatHasStarted() {
		Room arena = room("pit");
		Room ranking = room("best");
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> arena.run(() -> ranking.run(() -> arena.run(() -> "never"))))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.FAILED));
	}

	@Test
	void servicesThatFailedToCallEachOtherCanBeCalledAgain() {
		Room arena = room("pit");
		Room ranking = room("best");
		arena.run(() -> ranking.run(() -> problem(() -> arena.run(() -> "never"))));
		assertThat(arena.run(() -> ranking.run(() -> "done"))).isEqualTo("done");
		assertThat(ranking.run(() -> arena.run(() -> "done"))).isEqualTo("done");
	}

	/** Rooms are only called in one direction, by many threads: there is no cycle. */
	@Test
	void callsInOneDirectionNeverFail() throws Exception {
		List<Room> rooms = Stream.of("a", "b", "c", "d", "e").map(this::room).toList();
		AtomicInteger done = new AtomicInteger();
		List<CompletableFuture<Void>> callers = Stream.iterate(1, (seed) -> seed + 1)
			.limit(8)
			.map((seed) -> CompletableFuture.runAsync(() -> callInOneDirection(rooms, new Random(seed), done),
					this.workers))
			.toList();
		for (CompletableFuture<Void> caller : callers) {
			caller.get(60, TimeUnit.SECONDS);
		}
		assertThat(done).hasValue(8 * 2000);
	}

	private static void callInOneDirection(List<Room> rooms, Random random, AtomicInteger done) {
		for (int i = 0; i < 2000; i++) {
			int first = random.nextInt(rooms.size());
			List<Room> some = rooms.subList(first, first + 1 + random.nextInt(rooms.size() - first));
			Supplier<Object> task = done::incrementAndGet;
			for (int next = some.size() - 1; next >= 0; next--) {
				Room room = some.get(next);
				Supplier<Object> inner = task;
				task = () -> room.run(inner);
			}
			task.get();
		}
	}

	/** Rooms are called in any order, by many threads: no call waits for the time-out. */
	@Test
	void callsInAnyOrderEnd() throws Exception {
		List<Room> rooms = Stream.of("a", "b", "c", "d").map(this::room).toList();
		AtomicInteger cycles = new AtomicInteger();
		List<CompletableFuture<Void>> callers = Stream.iterate(1, (seed) -> seed + 1)
			.limit(8)
			.map((seed) -> CompletableFuture.runAsync(() -> callInAnyOrder(rooms, new Random(seed), cycles),
					this.workers))
			.toList();
		for (CompletableFuture<Void> caller : callers) {
			caller.get(60, TimeUnit.SECONDS);
		}
		assertThat(cycles).hasPositiveValue();
		rooms.forEach((room) -> assertThat(room.run(() -> "free")).isEqualTo("free"));
	}

	private static void callInAnyOrder(List<Room> rooms, Random random, AtomicInteger cycles) {
		for (int i = 0; i < 2000; i++) {
			Supplier<Object> task = () -> "done";
			for (int depth = random.nextInt(4); depth >= 0; depth--) {
				Room room = rooms.get(random.nextInt(rooms.size()));
				Supplier<Object> inner = task;
				task = () -> problem(() -> room.run(inner));
			}
			if (task.get().toString().startsWith("508 ")) {
				cycles.incrementAndGet();
			}
		}
	}

	@NanoService("room")
	interface Room {

		Object run(Supplier<Object> task);

	}

}
