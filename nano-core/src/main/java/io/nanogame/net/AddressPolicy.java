package io.nanogame.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides by their addresses which clients may connect. Thread-safe.
 */
public final class AddressPolicy {

	/** Allows all clients. */
	public static final AddressPolicy ALL = new AddressPolicy(Networks.NONE, Networks.NONE, List.of());

	private static final Logger log = LoggerFactory.getLogger(AddressPolicy.class);

	private final Networks allowed;

	private final Networks denied;

	private final List<AddressFilter> filters;

	/** Whether a failure has been logged, which any client may cause. */
	private final AtomicBoolean failureLogged = new AtomicBoolean();

	/**
	 * Creates a policy.
	 * @param allowed the only addresses that may connect; empty for all
	 * @param denied addresses that may not connect, even if they are allowed
	 * @param filters must all allow an address, too
	 */
	public AddressPolicy(Networks allowed, Networks denied, List<? extends AddressFilter> filters) {
		this.allowed = allowed;
		this.denied = denied;
		this.filters = List.copyOf(filters);
	}

	/**
	 * Returns whether a client may connect.
	 * @param address the address of the client, or null
	 * @return false when it may not. A client without an IP address may connect unless
	 * there is a list of allowed addresses
	 */
	public boolean allows(@Nullable SocketAddress address) {
		if (!this.allowed.isEmpty() && !this.allowed.contain(address) || this.denied.contain(address)) {
			return false;
		}
		return this.filters.isEmpty() || !(address instanceof InetSocketAddress internet) || internet.isUnresolved()
				|| this.filters.stream().allMatch((filter) -> isAllowedBy(filter, internet));
	}

	private boolean isAllowedBy(AddressFilter filter, InetSocketAddress address) {
		try {
			return filter.allows(address.getAddress());
		}
		catch (Throwable ex) {
			log.atLevel(this.failureLogged.getAndSet(true) ? Level.DEBUG : Level.ERROR)
				.setCause(ex)
				.log("A filter of addresses failed, so that a client is rejected. Further failures are logged at DEBUG");
			return false;
		}
	}

}
