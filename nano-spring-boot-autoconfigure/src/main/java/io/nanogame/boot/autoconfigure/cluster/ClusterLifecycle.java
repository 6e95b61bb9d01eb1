package io.nanogame.boot.autoconfigure.cluster;

import java.time.Duration;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.server.GameServer;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Joins the cluster before clients come, says that this node leaves when the app begins
 * to stop, finishes what clients of other nodes have asked for, and leaves when the game
 * server has stopped.
 */
final class ClusterLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

	private final ClusterNode node;

	private final GameServer server;

	private final boolean gateway;

	private final Duration patience;

	private final ApplicationContext context;

	private volatile boolean running;

	ClusterLifecycle(ClusterNode node, GameServer server, boolean gateway, Duration patience,
			ApplicationContext context) {
		this.node = node;
		this.server = server;
		this.gateway = gateway;
		this.patience = patience;
		this.context = context;
	}

	@Override
	public void start() {
		this.node.start(this.server, this.gateway);
		this.running = true;
	}

	/**
	 * Child contexts publish their events here, too, and their end is not that of the
	 * app.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (this.running && event.getApplicationContext() == this.context) {
			this.node.leave();
			this.node.drain(this.patience);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.node.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the game server, which comes last. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
