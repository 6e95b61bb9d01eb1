package io.nanogame.boot.autoconfigure.cluster;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The configuration of a cluster. Durations without a unit are seconds.
 *
 * @param enabled Whether this server is a node of a cluster.
 * @param required Whether the start fails when NATS is not reachable in time. If false,
 * the app starts alone, and joins the cluster when NATS becomes reachable.
 * @param servers Addresses of NATS servers.
 * @param username Username for NATS.
 * @param password Password for NATS.
 * @param token Token for NATS, instead of username and password.
 * @param credentials Path of a file with NATS credentials or the seed of an nkey.
 * @param ssl encryption
 * @param connectTimeout Time-out of the connection attempt to each NATS server.
 * @param name Name of this node in metrics and logs; need not be unique. By default the
 * name of the app.
 * @param namespace Namespace of the cluster. Nodes of different namespaces ignore each
 * other, even on the same NATS servers. Up to 64 letters, digits, hyphens and
 * underscores.
 * @param label Kind of this node, for routing strategies.
 * @param metadata Further properties of this node that other nodes can read.
 * @param heartbeat Interval of the heartbeats between nodes.
 * @param patience How long a node may be silent until the others consider it gone, at
 * least two heartbeats. By default three heartbeats.
 * @param drain drain of this node
 * @param uniqueSessions Whether a new login of a player replaces the older session. Use
 * 'nano.session.login=replace' instead.
 */
@ConfigurationProperties("nano.cluster")
public record NanoClusterProperties(@DefaultValue("false") boolean enabled, @DefaultValue("true") boolean required,
		@DefaultValue("nats://localhost:4222") List<String> servers, @Nullable String username,
		@Nullable String password, @Nullable String token, @Nullable String credentials, @DefaultValue Ssl ssl,
		@DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration connectTimeout, @Nullable String name,
		@DefaultValue("default") String namespace, @DefaultValue("") String label,
		@DefaultValue Map<String, String> metadata,
		@DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS) Duration heartbeat,
		@Nullable @DurationUnit(ChronoUnit.SECONDS) Duration patience, @DefaultValue Drain drain,
		@Nullable Boolean uniqueSessions) {

	/**
	 * The drain of this node.
	 *
	 * @param period Time over which the clients of a gateway that is drained, or stops,
	 * leave it for other gateways. A stop takes as much longer, if clients remain. 0 to
	 * let them stay until the node stops.
	 */
	public record Drain(@DefaultValue("15s") @DurationUnit(ChronoUnit.SECONDS) Duration period) {
	}

	/**
	 * Encryption.
	 *
	 * @param bundle Name of the SSL bundle for NATS: its trust store verifies the
	 * servers, and its key store, if any, authenticates this node. Without a bundle the
	 * connection is in plain text.
	 * @param verifyHostname Whether to verify that the certificate of a NATS server
	 * contains the host name of its address. If false, any certificate of a trusted
	 * authority is accepted.
	 */
	public record Ssl(@Nullable String bundle, @DefaultValue("true") boolean verifyHostname) {
	}

}
