package io.nanogame.boot.autoconfigure.cluster;

import java.time.Duration;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.server.GameServer;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Joins the cluster before clients connect. When the app begins to stop, it announces
 * that this node leaves and finishes the requests of other nodes; it leaves the cluster
 * after the game server has stopped.
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
		if (this.gateway) {
			this.node.awaitOthers();
		}
		this.running = true;
	}

	/**
	 * Ignores events of child contexts, whose close does not end the app.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (this.running && event.getApplicationContext() == this.context) {
			this.node.drain().stop();
			this.node.drain().await(this.patience);
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

	/** Before the game server, which starts last. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
