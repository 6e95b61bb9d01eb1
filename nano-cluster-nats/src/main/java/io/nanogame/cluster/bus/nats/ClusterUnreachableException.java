package io.nanogame.cluster.bus.nats;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * No NATS server takes this node.
 */
public class ClusterUnreachableException extends RuntimeException {

	private final transient List<String> servers;

	private final Problem problem;

	/**
	 * An exception.
	 * @param servers the addresses that were tried
	 * @param problem what kind of thing is wrong
	 * @param cause what exactly, as far as it is known
	 */
	public ClusterUnreachableException(List<String> servers, Problem problem, @Nullable Throwable cause) {
		super(problem.sentence.formatted(String.join(", ", servers)), cause);
		this.servers = servers;
		this.problem = problem;
	}

	/**
	 * The addresses that were tried.
	 * @return without names and passwords
	 */
	public List<String> servers() {
		return this.servers;
	}

	public Problem problem() {
		return this.problem;
	}

	/**
	 * What is wrong.
	 */
	public enum Problem {

		/** Nobody answers there, or not in time. */
		NO_ANSWER("No NATS server could be reached at %s"),

		/** The server does not know these credentials. */
		REFUSED("NATS refuses to let this node in at %s"),

		/** One end wants TLS and the other does not, or certificates are not trusted. */
		TLS("This node and the NATS server do not agree on TLS at %s");

		private final String sentence;

		Problem(String sentence) {
			this.sentence = sentence;
		}

	}

}
