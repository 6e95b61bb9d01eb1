package io.nanogame.serialize;

/**
 * What an error answer carries.
 *
 * @param code a number such as 404, or pitaya's text such as {@code PIT-404}
 * @param msg the message for the developer of the client
 */
public record ErrorBody(Object code, String msg) {

	/**
	 * The body for a client.
	 * @param code an HTTP-like status, 400 to 599
	 * @param msg the message for the developer of the client
	 * @param pitaya whether the client reads pitaya's codes, which are text
	 * @return the body
	 */
	public static ErrorBody of(int code, String msg, boolean pitaya) {
		return new ErrorBody(pitaya ? "PIT-" + code : (Object) code, msg);
	}

}
