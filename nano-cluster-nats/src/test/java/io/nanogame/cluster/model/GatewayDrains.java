package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.nanogame.cluster.handover.ClientDrain;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rolling restart of the gateways of a {@link RoamingSchedule}: one after the other
 * is drained, stops when all sessions have left it, and is replaced.
 */
final class GatewayDrains {

	private static final Duration PERIOD = Duration.ofSeconds(5);

	private final ModelCluster cluster;

	private final List<ModelNode> gateways;

	private final Function<String, ModelNode> starter;

	private @Nullable ModelNode draining;

	private int count;

	private int parked;

	GatewayDrains(ModelCluster cluster, List<ModelNode> gateways, Function<String, ModelNode> starter) {
		this.cluster = cluster;
		this.gateways = gateways;
		this.starter = starter;
	}

	int count() {
		return this.count;
	}

	int parked() {
		return this.parked;
	}

	/** Begins a drain, or lets time pass until it is over. */
	void step() {
		ModelNode present = this.draining;
		if (present == null) {
			if (this.cluster.random.nextInt(10) == 0) {
				begin(this.gateways.get(this.cluster.random.nextInt(this.gateways.size())));
			}
			return;
		}
		this.cluster.advance(Duration.ofMillis(this.cluster.random.nextInt(300)));
		if (drain(present).progress().sessions() == 0 && present.cluster.handover().count() == 0) {
			end(present);
		}
	}

	private void begin(ModelNode gateway) {
		this.draining = gateway;
		gateway.cluster.drain().setPeriod(PERIOD);
		gateway.cluster.drain().begin();
	}

	private static ClientDrain drain(ModelNode gateway) {
		ClientDrain drain = gateway.cluster.handover().drain();
		assertThat(drain).isNotNull();
		return drain;
	}

	private void end(ModelNode gateway) {
		ClientDrain.Progress progress = drain(gateway).progress();
		assertThat(progress.sessions()).as("sessions that have not left %s: %s", gateway.name, progress).isZero();
		this.parked += progress.parked();
		this.count++;
		this.draining = null;
		gateway.stop();
		this.gateways.remove(gateway);
		this.gateways.add(this.starter.apply(gateway.name));
		this.cluster.settle();
	}

	/** Waits for the end of the drain. */
	void finish() {
		ModelNode present = this.draining;
		if (present != null) {
			// Twice, because no client of this model returns meanwhile.
			this.cluster.advance(PERIOD.multipliedBy(2));
			end(present);
		}
	}

}
