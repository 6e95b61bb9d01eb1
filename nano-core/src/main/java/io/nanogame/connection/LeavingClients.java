package io.nanogame.connection;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a server that leave it for other servers, before it stops. Thread-safe.
 */
public final class LeavingClients {

	private final TransportContext context;

	private volatile BooleanSupplier refuses = () -> false;

	private volatile Supplier<@Nullable OutputLoop> loops = () -> null;

	LeavingClients(TransportContext context) {
		this.context = context;
	}

	/**
	 * Rejects handshakes under a condition: clients that can resume receive 503 and the
	 * time after which they try again; the connections of others are closed without a
	 * kick.
	 * @param condition evaluated for each handshake; must not block
	 */
	public void refuseWhile(BooleanSupplier condition) {
		this.refuses = condition;
	}

	boolean isRefusing() {
		return this.refuses.getAsBoolean();
	}

	/**
	 * Sets where sessions are continued that have no connection.
	 * @param next returns an event loop, or null if there is none
	 */
	public void parkOn(Supplier<@Nullable OutputLoop> next) {
		this.loops = next;
	}

	@Nullable OutputLoop parkingLoop() {
		return this.loops.get();
	}

	/**
	 * Returns the connections.
	 * @return a snapshot
	 */
	public List<LeavingClient> all() {
		return this.context.connections().all().stream().map(LeavingClient::new).toList();
	}

	/**
	 * Offers the sessions without a connection that another server can continue. Clients
	 * that have been away for a moment only are about to return, and their sessions are
	 * not offered.
	 * @param selected selects sessions by their ids
	 * @param receiver receives the offers later, each with the id of its session, which
	 * the token need not have, on the loop of the session
	 */
	public void offerDetached(LongPredicate selected, ObjLongConsumer<ParkOffer> receiver) {
		for (Session session : this.context.resumable().detachedSessions()) {
			if (selected.test(session.id())
					&& SessionHandle.of(session).connection() instanceof ClientConnection connection) {
				connection.loop().enqueue(() -> offer(connection, receiver));
			}
		}
	}

	private void offer(ClientConnection connection, ObjLongConsumer<ParkOffer> receiver) {
		Resumption kept = connection.resumption;
		if (kept != null && kept.connection == connection && ParkingRule.isPossible(kept)) {
			receiver.accept(ParkingRule.offer(kept), kept.session.id());
		}
	}

}
