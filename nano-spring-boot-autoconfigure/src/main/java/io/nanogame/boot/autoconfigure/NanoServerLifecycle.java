package io.nanogame.boot.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.nanogame.server.GameServer;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the game server last when the app starts, and stops it first when the app stops.
 * Keeps the JVM alive while the server runs.
 * <p>
 * A server cannot be restarted, because its timers and groups end with it. A restart
 * needs a new context, as devtools creates it.
 */
public final class NanoServerLifecycle implements SmartLifecycle {

	private final GameServer server;

	private final ApplicationContext context;

	private final CountDownLatch ended = new CountDownLatch(1);

	private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

	private enum State {

		NEW, RUNNING, STOPPING, STOPPED

	}

	public NanoServerLifecycle(GameServer server, ApplicationContext context) {
		this.server = server;
		this.context = context;
	}

	/**
	 * Starts the server. Blocks until clients can connect. Has no effect while the server
	 * runs.
	 * @throws IllegalStateException when the server has been stopped
	 */
	@Override
	public void start() {
		State present = this.state.get();
		if (present == State.RUNNING) {
			return;
		}
		if (present != State.NEW) {
			throw new IllegalStateException(
					"A game server cannot be restarted. Close the context and create a new one");
		}
		this.server.start();
		this.state.set(State.RUNNING);
		new Thread(this::keepAlive, "nano-keep-alive").start();
		this.context.publishEvent(new NanoServerStartedEvent(this.server));
	}

	/**
	 * Keeps the JVM alive: event loops are daemon threads, and an app without a web
	 * server may have no other thread.
	 */
	private void keepAlive() {
		try {
			this.ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Stops the server. Blocks until it has stopped. */
	@Override
	public void stop() {
		if (beginStop()) {
			stopServer();
		}
	}

	/** Stops the server. Does not block; the stop takes at most the grace period. */
	@Override
	public void stop(Runnable callback) {
		if (!beginStop()) {
			callback.run();
			return;
		}
		new Thread(() -> {
			try {
				stopServer();
			}
			finally {
				callback.run();
			}
		}, "nano-stop").start();
	}

	private boolean beginStop() {
		return this.state.compareAndSet(State.RUNNING, State.STOPPING);
	}

	private void stopServer() {
		try {
			AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		}
		finally {
			end();
		}
		this.context.publishEvent(new NanoServerStoppedEvent(this.server));
	}

	private void end() {
		try {
			this.server.stop();
		}
		finally {
			this.state.set(State.STOPPED);
			this.ended.countDown();
		}
	}

	@Override
	public boolean isRunning() {
		State present = this.state.get();
		return present == State.RUNNING || present == State.STOPPING;
	}

	/** A pause would disconnect all players. */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
