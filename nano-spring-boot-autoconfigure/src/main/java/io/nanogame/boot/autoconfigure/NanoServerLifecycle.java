package io.nanogame.boot.autoconfigure;

import java.util.concurrent.CountDownLatch;

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

	// Guarded by this

	private boolean running;

	private boolean stopping;

	public NanoServerLifecycle(GameServer server, ApplicationContext context) {
		this.server = server;
		this.context = context;
	}

	/**
	 * Blocks until clients can connect.
	 * @throws IllegalStateException when the server has been stopped before
	 */
	@Override
	public void start() {
		synchronized (this) {
			if (this.stopping) {
				throw new IllegalStateException(
						"A game server does not start twice. Close the context and make a new one");
			}
			this.server.start();
			this.running = true;
		}
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

	private synchronized boolean beginStop() {
		boolean first = this.running && !this.stopping;
		this.stopping |= this.running;
		return first;
	}

	private void stopServer() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		try {
			this.server.stop();
		}
		finally {
			synchronized (this) {
				this.running = false;
			}
			this.ended.countDown();
		}
		this.context.publishEvent(new NanoServerStoppedEvent(this.server));
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/** Players would not like it. */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
