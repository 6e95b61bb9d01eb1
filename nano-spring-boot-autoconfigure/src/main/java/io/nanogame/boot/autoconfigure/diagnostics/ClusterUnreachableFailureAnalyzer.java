package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.cluster.wire.ClusterUnreachableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * NATS does not answer, or does not let this node in.
 */
final class ClusterUnreachableFailureAnalyzer extends AbstractFailureAnalyzer<ClusterUnreachableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClusterUnreachableException cause) {
		Throwable why = cause.getCause();
		String said = (why != null && why.getMessage() != null) ? "%n%n    %s".formatted(why.getMessage()) : "";
		return new FailureAnalysis("%s.%s".formatted(cause.getMessage(), said), action(cause), cause);
	}

	private static String action(ClusterUnreachableException cause) {
		return switch (cause.problem()) {
			case NO_ANSWER -> "Start a NATS server there ('nats-server' is all it takes), or say where one is with "
					+ "'nano.cluster.servers'. With 'nano.cluster.required: false' the app starts without, and joins "
					+ "its cluster when NATS answers.";
			case REFUSED -> "Set what this NATS server expects: 'nano.cluster.username' and 'nano.cluster.password', "
					+ "'nano.cluster.token', or a file by 'nano.cluster.credentials'.";
			case TLS -> "Name an SSL bundle in 'nano.cluster.ssl.bundle' whose trust store holds the authority of the "
					+ "NATS server's certificate (and, if the server wants to know who comes, a key store); without "
					+ "TLS at the server, take the key away. The certificate must name the host as 'nano.cluster.servers' "
					+ "does, unless 'nano.cluster.ssl.verify-hostname' is false.";
		};
	}

}
