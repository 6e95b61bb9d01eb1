package io.nanogame.spring.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The lane of a room, and the timers on it, which only the lane starts and stops.
 * Otherwise thread-safe.
 */
final class RoomLane {

	/** The time after which a task is repeated that the lane has rejected. */
	private static final Duration RETRY = Duration.ofMillis(100);

	/** The number of timers below which those that have ended are not removed. */
	private static final int MANY = 16;

	private final Lane lane;

	private final Timers timers;

	private final Set<Timer> running = new HashSet<>();

	/** The number of timers after those that have ended were removed. */
	private int swept = MANY;

	private boolean stopped;

	/** The tasks that wait while the lane is held; null if it is not. */
	private volatile @Nullable List<Runnable> waiting;

	RoomLane(Lane lane, Timers timers) {
		this.lane = lane;
		this.timers = timers;
	}

	Lane lane() {
		return this.lane;
	}

	/** Throws {@link IllegalStateException} unless the caller runs on the lane. */
	void check() {
		if (!this.lane.isCurrent()) {
			throw new IllegalStateException(
					"Only the lane of the room may call this; submit a task to the room instead");
		}
	}

	/** Runs a task, at the latest when the lane has room for it again. */
	void run(Runnable task) {
		try {
			this.lane.execute(unlessHeld(task));
		}
		catch (RejectedExecutionException ex) {
			// A timer repeats a turn that the lane rejects.
			this.timers.after(RETRY, this.lane, unlessHeld(task));
		}
	}

	/**
	 * Delays the tasks of {@link #run} and of timers until {@link #release}. Periodic
	 * timers skip their turns. On the lane.
	 */
	void hold() {
		this.waiting = new ArrayList<>();
	}

	/** Runs the tasks that have waited. On the lane. */
	void release() {
		List<Runnable> tasks = this.waiting;
		this.waiting = null;
		if (tasks != null) {
			tasks.forEach(this::run);
		}
	}

	/** Returns whether the lane is held. Any thread. */
	boolean isHeld() {
		return this.waiting != null;
	}

	private Runnable unlessHeld(Runnable task) {
		return () -> {
			List<Runnable> tasks = this.waiting;
			if (tasks != null) {
				tasks.add(task);
			}
			else {
				task.run();
			}
		};
	}

	/**
	 * Runs a task now if the caller is on the lane, else later.
	 * @return its result, or a stage of it
	 */
	@Nullable Object call(Callable<@Nullable Object> task) throws Exception {
		return this.lane.isCurrent() ? task.call() : submit(task).thenCompose(RoomLane::flat);
	}

	/** Returns the result of a task, or of the stage that it returns. */
	static CompletionStage<@Nullable Object> stage(Callable<@Nullable Object> task) {
		try {
			return flat(task.call());
		}
		catch (Exception ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static CompletionStage<@Nullable Object> flat(@Nullable Object result) {
		return (result instanceof CompletionStage<?> stage) ? (CompletionStage<@Nullable Object>) stage
				: CompletableFuture.completedFuture(result);
	}

	/** Runs a task later. Returns its result, or its rejection. */
	<T extends @Nullable Object> CompletableFuture<T> submit(Callable<T> task) {
		CompletableFuture<T> result = new CompletableFuture<>();
		try {
			this.lane.execute(() -> {
				try {
					result.complete(task.call());
				}
				catch (Throwable ex) {
					result.completeExceptionally(ex);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			result.completeExceptionally(ex);
		}
		return result;
	}

	/** Runs a task once, unless {@link #stop} is called before. */
	Timer after(Duration delay, Runnable task) {
		return keep(this.timers.after(delay, this.lane, unlessHeld(task)));
	}

	Timer every(Duration interval, Runnable task) {
		return keep(this.timers.every(interval, this.lane, () -> {
			if (!isHeld()) {
				task.run();
			}
		}));
	}

	Timer tick(Duration interval, Consumer<Duration> task) {
		return keep(this.timers.tick(interval, this.lane, (elapsed) -> {
			if (!isHeld()) {
				task.accept(elapsed);
			}
		}));
	}

	private Timer keep(Timer timer) {
		if (this.stopped) {
			timer.cancel();
			return timer;
		}
		if (this.running.size() >= this.swept * 2) {
			this.running.removeIf((former) -> !former.isActive());
			this.swept = Math.max(MANY, this.running.size());
		}
		this.running.add(timer);
		return timer;
	}

	/** Cancels all timers, and those that are started later. */
	void stop() {
		this.stopped = true;
		this.running.forEach(Timer::cancel);
		this.running.clear();
	}

}
