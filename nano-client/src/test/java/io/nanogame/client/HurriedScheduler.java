package io.nanogame.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A scheduler on which a second takes ten milliseconds. */
final class HurriedScheduler implements Scheduler, AutoCloseable {

	private static final int FACTOR = 100;

	private final Scheduler scheduler = Schedulers.newSingle("hurried", true);

	private final List<Long> delays = new CopyOnWriteArrayList<>();

	private volatile Disposable latest = Disposables.disposed();

	/** Returns the delays so far, in milliseconds. */
	List<Long> delays() {
		return this.delays;
	}

	/** Returns the task that was scheduled last. */
	Disposable latest() {
		return this.latest;
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.scheduler.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		this.delays.add(unit.toMillis(delay));
		this.latest = this.scheduler.schedule(task, unit.toNanos(delay) / FACTOR, TimeUnit.NANOSECONDS);
		return this.latest;
	}

	@Override
	public Worker createWorker() {
		return this.scheduler.createWorker();
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
