package io.nanogame.cluster.bus;

/**
 * Thrown when the servers of a {@link Bus} keep no {@link Leases}.
 */
public class LeasesDisabledException extends IllegalStateException {

	/**
	 * Creates an exception.
	 * @param message how to enable leases
	 */
	public LeasesDisabledException(String message) {
		super(message);
	}

}
