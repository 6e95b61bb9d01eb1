package io.nanogame.connection;

/**
 * The first wire of a connection, which is closing while its session continues with
 * another wire. Confined to the loop.
 *
 * @param wire the wire, whose output is still sent
 * @param liveness since when it is closing
 */
record RetiredWire(Wire wire, Liveness liveness) {

	/** Returns whether the client should have closed the wire. */
	boolean isOverdue(long nowNanos) {
		return this.liveness.hasLingered(nowNanos);
	}

}
