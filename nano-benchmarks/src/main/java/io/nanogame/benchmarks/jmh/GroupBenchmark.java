package io.nanogame.benchmarks.jmh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the overhead of a group for a broadcast, without the work of its members'
 * loops, which the storm benchmark includes; and the cost of joining and leaving.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GroupBenchmark {

	private static final byte[] BODY = new byte[57];

	private static final int LOOPS = 2;

	/** Limits the churn to 10,000 joins and as many leaves per second. */
	private static final long CHURN_NANOS = 100_000;

	/** The number of members. */
	@Param({ "1000", "100000", "1000000" })
	int members = 1000;

	private final Payloads payloads = new Payloads(new RawSerializer());

	private final io.nanogame.group.Group group = new Groups(this.payloads,
			new Timers(Runnable::run, Duration.ofMillis(1)))
		.create("room");

	private final List<Loop> loops = new ArrayList<>();

	private @Nullable Session last;

	private long nextChurn;

	/** Fills the group. */
	@Setup
	public void start() {
		SessionRegistry registry = SessionRegistry.of(new Sessions(this.payloads, Runnable::run));
		ByteBuf unused = Unpooled.EMPTY_BUFFER;
		for (int i = 0; i < LOOPS; i++) {
			this.loops.add(new Loop());
		}
		for (int i = 0; i < this.members; i++) {
			Session session = registry.create(new BufferConnection(unused, this.loops.get(i % LOOPS)),
					Introduction.UNKNOWN);
			registry.open(session);
			this.group.add(session);
			this.last = session;
		}
	}

	/**
	 * Broadcasts to all members, up to their loops.
	 * @return the number of broadcasts that the loops have received
	 */
	@Benchmark
	public long broadcast() {
		this.group.broadcast("onNews", BODY);
		return this.loops.get(0).broadcasts + this.loops.get(1).broadcasts;
	}

	/**
	 * Removes a member and adds it again.
	 * @return whether both succeeded
	 */
	@Benchmark
	public boolean leaveAndJoin() {
		Session session = this.last;
		return session != null && this.group.leave(session) && this.group.add(session);
	}

	/**
	 * Removes a member, adds it again, and broadcasts to all.
	 * @return the number of broadcasts that the loops have received
	 */
	@Benchmark
	public long leaveJoinAndBroadcast() {
		leaveAndJoin();
		return broadcast();
	}

	/**
	 * Broadcasts to all while another thread adds and removes members.
	 * @return as {@link #broadcast}
	 */
	@Benchmark
	@Group("churn")
	public long broadcastUnderChurn() {
		return broadcast();
	}

	/**
	 * Removes and adds a member at a limited rate, while another thread broadcasts.
	 * @return whether both succeeded
	 */
	@Benchmark
	@Group("churn")
	public boolean churn() {
		while (System.nanoTime() - this.nextChurn < 0) {
			Thread.onSpinWait();
		}
		this.nextChurn = System.nanoTime() + CHURN_NANOS;
		return leaveAndJoin();
	}

	/** Counts joins and broadcasts. */
	private static final class Loop implements ConnectionLoop {

		private final LongAdder joins = new LongAdder();

		private long broadcasts;

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void broadcast(OutboundMessage message, Collection<Session> members) {
			this.broadcasts++;
		}

		@Override
		public LoopMembers members() {
			return new LoopMembers() {

				@Override
				public Runnable add(Session session) {
					Loop.this.joins.increment();
					return Loop.this.joins::decrement;
				}

				@Override
				public void broadcast(OutboundMessage message) {
					Loop.this.broadcasts++;
				}

			};
		}

	}

}
