package io.nanogame.cluster.move;

/**
 * Reports to the new owner of a session what its former owner passes on.
 */
public interface DepartureReport {

	/**
	 * Sends a report.
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 * @param to the id of its new owner
	 */
	void send(long session, long epoch, String to);

}
