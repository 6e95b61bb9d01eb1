package io.nanogame.boot.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.nanogame.server.GameServer;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the game server as the last thing when the app starts, and stops it as the first
 * when the app stops. While the server runs, so does the JVM.
 * <p>
 * A server runs once: timers and groups end with it. To start anew, make a new context,
 * as devtools does.
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
	 * Blocks until clients can connect. Without effect while the server runs.
	 * @throws IllegalStateException when the server has been stopped before
	 */
	@Override
	public void start() {
		State present = this.state.get();
		if (present == State.RUNNING) {
			return;
		}
		if (present != State.NEW) {
			throw new IllegalStateException("A game server does not start twice. Close the context and make a new one");
		}
		this.server.start();
		this.state.set(State.RUNNING);
		new Thread(this::keepAlive, "nano-keep-alive").start();
		this.context.publishEvent(new NanoServerStartedEvent(this.server));
	}

	/** Event loops are daemons, and an app without a web server has no other thread. */
	private void keepAlive() {
		try {
			this.ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Blocks until the server has stopped. */
	@Override
	public void stop() {
		if (beginStop()) {
			stopServer();
		}
	}

	/** Does not block: the server has as long as its grace period to stop. */
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

	/** Players would not like it. */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
