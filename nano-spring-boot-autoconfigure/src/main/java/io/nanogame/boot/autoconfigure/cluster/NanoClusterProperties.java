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
 * The keys of a cluster. Durations without a unit are seconds.
 *
 * @param enabled Whether this server is a node of a cluster.
 * @param required Whether the app needs NATS to start. Without, it starts alone when NATS
 * does not answer in time, and joins the cluster as soon as it does.
 * @param servers Addresses of NATS servers.
 * @param username Name to log in to NATS with.
 * @param password Password to log in to NATS with.
 * @param token Token to log in to NATS with, instead of a name.
 * @param credentials Path of a file to log in to NATS with: credentials, or the seed of
 * an nkey.
 * @param ssl encryption
 * @param connectTimeout How long each NATS server may take to answer.
 * @param name What this node is called in metrics and logs; need not be unique. By
 * default the name of the app.
 * @param namespace Nodes of other namespaces are not seen, though they use the same NATS
 * servers. Up to 64 letters, digits, hyphens and underscores.
 * @param label What kind of node it is, for strategies that route by it.
 * @param metadata What else other nodes should know of it.
 * @param heartbeat How often nodes look after each other. One that was not heard for
 * three times as long is taken for dead.
 * @param uniqueSessions Whether a new login of a player replaces the older session. Use
 * 'nano.session.login=replace' instead, which means the same.
 */
@ConfigurationProperties("nano.cluster")
public record NanoClusterProperties(@DefaultValue("false") boolean enabled, @DefaultValue("true") boolean required,
		@DefaultValue("nats://localhost:4222") List<String> servers, @Nullable String username,
		@Nullable String password, @Nullable String token, @Nullable String credentials, @DefaultValue Ssl ssl,
		@DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration connectTimeout, @Nullable String name,
		@DefaultValue("default") String namespace, @DefaultValue("") String label,
		@DefaultValue Map<String, String> metadata,
		@DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS) Duration heartbeat, @Nullable Boolean uniqueSessions) {

	/**
	 * Encryption.
	 *
	 * @param bundle Name of an SSL bundle; its trust store says which NATS servers to
	 * believe, its key store, if any, who this node is. Without one the connection is in
	 * plain text.
	 * @param verifyHostname Whether the host name in the NATS server's certificate must
	 * be that of its address. Without, whoever has a certificate of a trusted authority
	 * can pose as the server.
	 */
	public record Ssl(@Nullable String bundle, @DefaultValue("true") boolean verifyHostname) {
	}

}
