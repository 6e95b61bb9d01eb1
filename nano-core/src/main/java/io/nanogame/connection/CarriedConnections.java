package io.nanogame.connection;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one loop, which are swept together. Confined to the loop.
 */
public final class CarriedConnections {

	private static final Logger log = LoggerFactory.getLogger(CarriedConnections.class);

	private final List<CarriedConnection> all = new ArrayList<>();

	/**
	 * Adds a connection.
	 * @param connection one of no loop
	 */
	public void add(CarriedConnection connection) {
		connection.index = this.all.size();
		this.all.add(connection);
	}

	/**
	 * Removes a connection, if it is present. The last one takes its index. Can be called
	 * during a sweep.
	 * @param connection the connection
	 */
	public void remove(CarriedConnection connection) {
		int hole = connection.index;
		if (hole < 0) {
			return;
		}
		connection.index = -1;
		CarriedConnection last = this.all.remove(this.all.size() - 1);
		if (last != connection) {
			this.all.set(hole, last);
			last.index = hole;
		}
	}

	/**
	 * Returns whether there are none.
	 * @return whether a loop need not sweep
	 */
	public boolean isEmpty() {
		return this.all.isEmpty();
	}

	/**
	 * Sweeps all connections.
	 * @param nowNanos {@link TransportContext#nanoTime()}
	 */
	public void sweep(long nowNanos) {
		// Backwards, because a connection that is closed may leave the list.
		for (int i = this.all.size() - 1; i >= 0; i--) {
			CarriedConnection connection = this.all.get(i);
			try {
				connection.sweep(nowNanos);
			}
			catch (Throwable ex) {
				log.error("The sweep of a connection failed: {}", connection, ex);
			}
		}
	}

}
