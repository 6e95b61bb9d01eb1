package io.nanogame.session;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.serialize.Payloads;

/**
 * The payloads that sessions may have: the server's, and those of protocols. Thread-safe.
 */
public final class SessionPayloads {

	private final Payloads own;

	private final List<Payloads> others = new CopyOnWriteArrayList<>();

	SessionPayloads(Payloads own) {
		this.own = own;
	}

	/**
	 * Returns the server's payloads.
	 * @return the payloads of sessions that have no others
	 */
	public Payloads own() {
		return this.own;
	}

	/**
	 * Adds the payloads of a protocol. Must be called before the server is built, which
	 * prepares handlers for them.
	 * @param payloads payloads such as those of a protocol whose messages are JSON text
	 */
	public void add(Payloads payloads) {
		this.others.add(payloads);
	}

	/**
	 * Returns all payloads except the server's.
	 * @return a live view
	 */
	public Collection<Payloads> others() {
		return Collections.unmodifiableCollection(this.others);
	}

	/** Returns the payloads of a new session, if handlers are prepared for them. */
	Payloads prepared(Payloads payloads) {
		if (payloads != this.own && !this.others.contains(payloads)) {
			throw new IllegalArgumentException("Handlers are not prepared for these payloads");
		}
		return payloads;
	}

}
