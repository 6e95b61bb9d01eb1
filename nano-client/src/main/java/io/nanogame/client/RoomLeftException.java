package io.nanogame.client;

/**
 * Thrown when a message is sent to a {@link ClientRoom} in which the session has no seat
 * any more. Nothing was sent.
 */
public final class RoomLeftException extends NanoClientException {

	private final RoomLeave leave;

	RoomLeftException(String route, RoomLeave leave) {
		super("%s: no seat in this room any more (%s)".formatted(route, leave.reason()), leave.cause());
		this.leave = leave;
	}

	/**
	 * Returns how the seat has ended.
	 * @return the end
	 */
	public RoomLeave leave() {
		return this.leave;
	}

}
