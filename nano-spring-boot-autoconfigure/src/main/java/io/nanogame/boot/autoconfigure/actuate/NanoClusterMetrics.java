package io.nanogame.boot.autoconfigure.actuate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.handover.Handover;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.peer.ForwardOutcome;
import io.nanogame.cluster.peer.PeerTraffic;
import io.nanogame.cluster.peer.RoundTrip;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;

/**
 * Registers the counts of a cluster node as meters. The meters of a peer are created when
 * the first node of its name joins, and stay when it leaves: names are few, ids are not.
 */
final class NanoClusterMetrics implements MeterBinder {

	/** The peer tag of messages that are published to all subscribers. */
	private static final String ALL = "*";

	private static final double NANOS_PER_SECOND = 1e9;

	private final ClusterNode cluster;

	NanoClusterMetrics(ClusterNode cluster) {
		this.cluster = cluster;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters meters = new Meters(registry);
		meters.gauge(NanoMeter.CLUSTER_NODES, Tags.empty(), this.cluster.nodes(), (nodes) -> nodes.all().size());
		meters.gauge(NanoMeter.CLUSTER_NODES_SUSPECT, Tags.empty(), this.cluster.nodes(), ClusterNodes::suspectCount);
		roundTrip(meters, "announcements", this.cluster.membership().roundTrip());
		roundTrip(meters, "messages", this.cluster.peers().roundTrip());
		meters.gauge(NanoMeter.CLUSTER_BYTES_PENDING, Tags.empty(), this.cluster.bus(), Bus::pendingBytes);
		meters.gauge(NanoMeter.CLUSTER_SESSIONS_MOVING, Tags.empty(), this.cluster.handover(), Handover::count);
		meters.counter(NanoMeter.CLUSTER_RECONNECTS, Tags.empty(), this.cluster.bus(), Bus::reconnects);
		meters.counter(NanoMeter.CLUSTER_MESSAGES_DROPPED, Tags.empty(), this.cluster.bus(), Bus::dropped);
		sent(meters, peer(ALL), this.cluster.peers().sharedTraffic());
		OfPeers ofPeers = new OfPeers(registry, meters);
		this.cluster.nodes().addPart(ofPeers);
		this.cluster.nodes().others().forEach(ofPeers::up);
	}

	private static void roundTrip(Meters meters, String reader, RoundTrip roundTrip) {
		meters.gauge(NanoMeter.CLUSTER_ROUND_TRIP, Tags.of(NanoMeter.Tag.READER.asString(), reader), roundTrip,
				(measured) -> measured.nanos() / NANOS_PER_SECOND);
	}

	private static void sent(Meters meters, Tags peer, PeerTraffic traffic) {
		meters.counter(NanoMeter.CLUSTER_MESSAGES_SENT, peer, traffic, PeerTraffic::messagesSent);
		meters.counter(NanoMeter.CLUSTER_BYTES_SENT, peer, traffic, PeerTraffic::bytesSent);
	}

	private static Tags peer(String name) {
		return Tags.of(NanoMeter.Tag.PEER.asString(), name);
	}

	private final class OfPeers implements NodeListener {

		private final Set<String> known = ConcurrentHashMap.newKeySet();

		private final MeterRegistry registry;

		private final Meters meters;

		OfPeers(MeterRegistry registry, Meters meters) {
			this.registry = registry;
			this.meters = meters;
		}

		@Override
		public void up(Node node) {
			if (this.known.add(node.name())) {
				make(peer(node.name()), NanoClusterMetrics.this.cluster.peers().to(node.id()).traffic());
			}
		}

		private void make(Tags peer, PeerTraffic traffic) {
			sent(this.meters, peer, traffic);
			this.meters.counter(NanoMeter.CLUSTER_MESSAGES_RECEIVED, peer, traffic, PeerTraffic::messagesReceived);
			this.meters.counter(NanoMeter.CLUSTER_BYTES_RECEIVED, peer, traffic, PeerTraffic::bytesReceived);
			this.meters.gauge(NanoMeter.CLUSTER_MESSAGES_UNCONFIRMED, peer, NanoClusterMetrics.this.cluster.peers(),
					(peers) -> peers.unconfirmed(traffic));
			Map<ForwardOutcome, Timer> timers = new EnumMap<>(ForwardOutcome.class);
			for (ForwardOutcome outcome : ForwardOutcome.values()) {
				timers.put(outcome, timer(peer.and(NanoMeter.Tag.OUTCOME.asString(), Labels.of(outcome))));
			}
			traffic.observe((outcome, nanos) -> Objects.requireNonNull(timers.get(outcome))
				.record(nanos, TimeUnit.NANOSECONDS));
		}

		private Timer timer(Tags tags) {
			return Timer.builder(NanoMeter.CLUSTER_FORWARDED.getName())
				.description(NanoMeter.CLUSTER_FORWARDED.description())
				.tags(tags)
				.register(this.registry);
		}

	}

}
