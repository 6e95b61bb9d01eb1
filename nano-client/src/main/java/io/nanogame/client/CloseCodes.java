package io.nanogame.client;

/** The codes of a WebSocket's close frame. */
final class CloseCodes {

	private static final int GOING_AWAY = 1001;

	private static final int NO_STATUS = 1005;

	private static final int ABNORMAL = 1006;

	private static final int SERVICE_RESTART = 1012;

	/** Our server has received nothing for too long, and keeps the session. */
	private static final int HEARTBEAT_TIMEOUT = 4408;

	private CloseCodes() {
	}

	/**
	 * Returns whether a server that closes the connection with this code has closed the
	 * session, too. A proxy may send 1001 or 1012, and closing without a code has no
	 * meaning.
	 */
	static boolean endSession(int code) {
		return switch (code) {
			case GOING_AWAY, NO_STATUS, ABNORMAL, SERVICE_RESTART, HEARTBEAT_TIMEOUT -> false;
			default -> true;
		};
	}

}
