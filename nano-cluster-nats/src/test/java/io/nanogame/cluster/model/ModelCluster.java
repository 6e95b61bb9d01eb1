package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

import io.nanogame.cluster.bus.memory.MemoryNetwork;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.TransportSettings;
import io.nanogame.group.MergedRoutes;
import io.nanogame.memory.ManualTime;
import io.nanogame.session.LoginPolicy;

/**
 * Nodes on one thread, in memory and in a virtual time. The order of all tasks is random,
 * and the same for the same seed.
 */
final class ModelCluster {

	static final Duration HEARTBEAT = Duration.ofSeconds(2);

	static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

	/** The time-out of calls, which passes in real time. */
	static final Duration NEVER = Duration.ofDays(1);

	final Random random;

	final Steps steps;

	final ManualTime time;

	final MemoryNetwork network;

	final List<ModelNode> nodes = new ArrayList<>();

	/** Converts the principals of later nodes. */
	PrincipalCodec principals = PrincipalCodec.NAMES;

	/** The merged routes of later nodes. */
	MergedRoutes merged = MergedRoutes.NONE;

	/** The longest time in which a reader was busy with one message, in nanoseconds. */
	long longestRead;

	private int lastNumber;

	ModelCluster(long seed) {
		this.random = new Random(seed);
		this.steps = new Steps(this.random);
		this.time = new ManualTime(this.steps::runAll);
		Executor pool = this.steps.pool();
		this.network = new MemoryNetwork(this.time, (task) -> pool.execute(() -> read(task)));
	}

	private void read(Runnable task) {
		long start = System.nanoTime();
		task.run();
		this.longestRead = Math.max(this.longestRead, System.nanoTime() - start);
	}

	ModelNode node(String name, LoginPolicy policy) {
		ModelNode node = new ModelNode(this, name, ++this.lastNumber, policy);
		this.nodes.add(node);
		return node;
	}

	PacketLimits limits() {
		return TransportSettings.defaults().connection().packets();
	}

	void advance(Duration duration) {
		this.time.advance(duration);
	}

	/** Until all nodes that are up know each other. */
	void settle() {
		advance(HEARTBEAT.multipliedBy(2));
	}

}
