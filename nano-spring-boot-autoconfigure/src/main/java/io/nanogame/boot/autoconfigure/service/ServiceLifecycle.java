package io.nanogame.boot.autoconfigure.service;

import io.nanogame.spring.service.ServiceBeans;

import org.springframework.context.SmartLifecycle;

/**
 * Offers services before this node joins a cluster and clients connect, and withdraws
 * them after both have ended.
 */
final class ServiceLifecycle implements SmartLifecycle {

	private final ServiceBeans services;

	private volatile boolean running;

	ServiceLifecycle(ServiceBeans services) {
		this.services = services;
	}

	@Override
	public void start() {
		this.services.offer();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.services.withdraw();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the cluster, which starts before the game server, which starts last. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 2;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
