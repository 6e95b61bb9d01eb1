package io.nanogame.session;

/**
 * A request that has not been answered yet and must not be forgotten.
 */
public interface PendingReply {

	/**
	 * The id of the request.
	 * @return an unsigned number above 0
	 */
	long id();

	/**
	 * How much the request makes its session hold.
	 * @return bytes, the same each time
	 */
	default int weight() {
		return 0;
	}

	/**
	 * Answers, if nobody has. Only a deferred request is answered from outside; any other
	 * waits for its handler.
	 * @param value the payload of the response
	 * @return false when the request has its answer already, or takes none from here
	 */
	default boolean reply(Object value) {
		return false;
	}

	/**
	 * Answers if the time is over: 503 when the handling has not begun, and never will;
	 * 408 when it has.
	 * @param nowNanos the time of the server
	 */
	void expire(long nowNanos);

	/**
	 * Answers at once, as if the time were over: the server stops and can wait no longer.
	 */
	void abandon();

}
