package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.cluster.bus.nats.ClusterUnreachableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a NATS server that is not reachable or rejects this node.
 */
final class ClusterUnreachableFailureAnalyzer extends AbstractFailureAnalyzer<ClusterUnreachableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClusterUnreachableException cause) {
		Throwable why = cause.getCause();
		String reason = (why != null && why.getMessage() != null) ? "%n%n    %s".formatted(why.getMessage()) : "";
		return new FailureAnalysis("%s.%s".formatted(cause.getMessage(), reason), action(cause), cause);
	}

	private static String action(ClusterUnreachableException cause) {
		return switch (cause.problem()) {
			case NO_ANSWER ->
				"Start a NATS server there (run 'nats-server'), or set 'nano.cluster.servers' to the address "
						+ "of one. With 'nano.cluster.required: false' the app starts without NATS, and joins its "
						+ "cluster when NATS becomes reachable.";
			case REFUSED ->
				"Set the login that this NATS server expects: 'nano.cluster.username' and 'nano.cluster.password', "
						+ "'nano.cluster.token', or a file by 'nano.cluster.credentials'.";
			case TLS -> "Name an SSL bundle in 'nano.cluster.ssl.bundle' whose trust store holds the authority of the "
					+ "NATS server's certificate (and a key store, if the server requires client certificates). If the "
					+ "server has no TLS, remove the key. The certificate must contain the host name of "
					+ "'nano.cluster.servers', unless 'nano.cluster.ssl.verify-hostname' is false.";
		};
	}

}
