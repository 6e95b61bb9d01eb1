package io.nanogame.boot.autoconfigure.cluster;

import java.time.Duration;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.boot.autoconfigure.GameServerBuilderCustomizer;
import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.cluster.ClusterHooks;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.cluster.ClusterSettings;
import io.nanogame.cluster.ClusterThreads;
import io.nanogame.cluster.Identity;
import io.nanogame.cluster.LocalServer;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.node.MembershipSettings;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.Groups;
import io.nanogame.group.Pushes;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.node.DrainTask;
import io.nanogame.node.Nodes;
import io.nanogame.node.RoutingStrategies;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.service.Services;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Sessions;
import io.nanogame.trace.Tracing;
import io.nanogame.user.Users;
import io.nats.client.Nats;
import io.nats.client.Options;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Makes this server a node of a cluster.
 */
@AutoConfiguration(before = NanoAutoConfiguration.class, after = SslAutoConfiguration.class)
@ConditionalOnClass({ ClusterNode.class, Nats.class })
@ConditionalOnBooleanProperty(name = "nano.cluster.enabled")
@ConditionalOnBooleanProperty(name = "nano.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ NanoClusterProperties.class, NanoProperties.class })
public final class NanoClusterAutoConfiguration {

	private final NanoClusterProperties cluster;

	private final NanoProperties nano;

	NanoClusterAutoConfiguration(NanoClusterProperties cluster, NanoProperties nano) {
		this.cluster = cluster;
		this.nano = nano;
	}

	@Bean
	@ConditionalOnMissingBean
	NatsConnectionDetails nanoNatsConnectionDetails(ObjectProvider<SslBundles> bundles) {
		return new PropertiesNatsConnectionDetails(this.cluster, bundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	Identity nanoClusterIdentity(Environment environment) {
		String name = this.cluster.name();
		Checks.check(name == null || !name.isBlank(), "nano.cluster.name", String.valueOf(name),
				"It must not be blank. Remove it to use the name of the app.");
		Checks.check(Subjects.isCluster(this.cluster.namespace()), "nano.cluster.namespace", this.cluster.namespace(),
				"It must consist of 1 to 64 letters, digits, hyphens and underscores.");
		return new Identity((name != null) ? name : environment.getProperty("spring.application.name", "node"));
	}

	@Bean
	@ConditionalOnMissingBean(Bus.class)
	NatsBus nanoClusterBus(NatsConnectionDetails details, Identity identity) {
		Options.Builder options = NatsOptions.of(details, this.cluster, identity.id());
		return this.cluster.required() ? NatsBus.connect(options) : NatsBus.connectInTime(options);
	}

	@Bean
	@ConditionalOnMissingBean
	Sessions nanoSessions(Payloads payloads, Lanes lanes, Identity identity, ObjectProvider<LoginPolicy> policy) {
		return new Sessions(payloads, lanes.workers(),
				Checks.notNegative("nano.server.limits.max-attributes", this.nano.server().limits().maxAttributes()),
				identity::nextSession, policy.getIfAvailable(() -> LoginPolicy.SEVERAL));
	}

	@Bean
	@ConditionalOnMissingBean
	ClusterNode nanoClusterNode(Identity identity, Bus bus, Payloads payloads, Sessions sessions, Timers timers,
			Services services, GroupSettings groups, ObjectProvider<PrincipalCodec> principals,
			ObjectProvider<RoutingStrategy> strategy, ObjectProvider<Tracing> tracing) {
		ClusterSettings settings = new ClusterSettings(this.cluster.namespace(), identity.name(), this.cluster.label(),
				this.cluster.metadata(), membership(), this.nano.requestTimeout());
		ClusterNode node = new ClusterNode(settings, identity, bus, ClusterThreads.start(),
				new LocalServer(payloads, sessions, timers, groups),
				new ClusterHooks(principals.getIfAvailable(() -> PrincipalCodec.NAMES),
						strategy.getIfAvailable(RoutingStrategies::random),
						tracing.getIfAvailable(() -> Tracing.NONE)));
		node.drain().setPeriod(Checks.notNegative("nano.cluster.drain.period", this.cluster.drain().period()));
		services.join(node.services());
		return node;
	}

	private MembershipSettings membership() {
		Duration heartbeat = this.cluster.heartbeat();
		Duration patience = this.cluster.patience();
		Checks.check(patience == null || patience.compareTo(heartbeat.multipliedBy(2)) >= 0, "nano.cluster.patience",
				String.valueOf(patience), "It must be at least two intervals of nano.cluster.heartbeat.");
		return (patience != null) ? new MembershipSettings(heartbeat, patience) : MembershipSettings.of(heartbeat);
	}

	@Bean
	@ConditionalOnMissingBean
	Groups nanoGroups(ClusterNode node) {
		return new Groups(node.groups()::open, node.groups().settings().size());
	}

	@Bean
	@ConditionalOnMissingBean
	Pushes nanoPushes(ClusterNode node) {
		return node.pushes();
	}

	@Bean
	Nodes nanoNodes(ClusterNode node) {
		return node.nodes();
	}

	@Bean
	Users nanoUsers(ClusterNode node) {
		return node.users();
	}

	@Bean
	GameServerBuilderCustomizer nanoClusterFallback(ClusterNode node) {
		return (builder) -> builder.fallback(node::route);
	}

	@Bean
	ClusterLifecycle nanoClusterLifecycle(ClusterNode node, GameServer server, ApplicationContext context,
			ObjectProvider<DrainTask> drainTasks) {
		drainTasks.orderedStream().forEach(node.drain()::add);
		// The other half of the workers is for the clients of this node.
		return new ClusterLifecycle(node, server, this.nano.server().enabled(),
				this.nano.server().shutdown().gracePeriod().dividedBy(2), context);
	}

}
