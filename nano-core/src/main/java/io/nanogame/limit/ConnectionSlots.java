package io.nanogame.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The connections that a server accepts: in total, and for each address. A client
 * acquires a slot, and releases it when its connection closes. Thread-safe.
 */
public final class ConnectionSlots {

	/** The key of clients without an internet address. */
	private static final long NO_ADDRESS = -1;

	private final Limit total;

	private final Limit perAddress;

	private final AtomicInteger acquired = new AtomicInteger();

	private final ConcurrentMap<Long, Integer> acquiredByAddress = new ConcurrentHashMap<>();

	/**
	 * Creates free slots.
	 * @param max the number in total; 0 for no limit
	 * @param maxPerAddress the number for one address; 0 for no limit
	 */
	public ConnectionSlots(int max, int maxPerAddress) {
		this.total = new Limit("connections", max);
		this.perAddress = new Limit("connections-per-address", maxPerAddress);
	}

	/**
	 * Returns both limits.
	 * @return the limit in total, and the limit for each address
	 */
	public List<Limit> limits() {
		return List.of(this.total, this.perAddress);
	}

	/**
	 * Returns whether a client must be rejected, for web servers that can do so before
	 * the upgrade. Counts the rejection, but acquires no slot.
	 * @param address the address of the client, or null
	 * @return true if there is no free slot
	 */
	public boolean rejects(@Nullable SocketAddress address) {
		if (!this.total.hasRoom(this.acquired.get())) {
			this.total.exceeded();
			return true;
		}
		long key = key(address);
		if (key != NO_ADDRESS && !this.perAddress.hasRoom(this.acquiredByAddress.getOrDefault(key, 0))) {
			this.perAddress.exceeded();
			return true;
		}
		return false;
	}

	/**
	 * Acquires a slot.
	 * @param address the address of the client, or null
	 * @return false if there is no free slot; otherwise the caller must {@link #release}
	 * it
	 */
	public boolean acquire(@Nullable SocketAddress address) {
		if (this.total.isSet() && this.acquired.incrementAndGet() > this.total.max()) {
			this.acquired.decrementAndGet();
			this.total.exceeded();
			return false;
		}
		if (!acquireOfAddress(key(address))) {
			releaseTotal();
			this.perAddress.exceeded();
			return false;
		}
		return true;
	}

	private boolean acquireOfAddress(long key) {
		if (!this.perAddress.isSet() || key == NO_ADDRESS) {
			return true;
		}
		if (this.acquiredByAddress.merge(key, 1, Integer::sum) > this.perAddress.max()) {
			releaseOfAddress(key);
			return false;
		}
		return true;
	}

	/**
	 * Releases a slot.
	 * @param address the address for which it was acquired
	 */
	public void release(@Nullable SocketAddress address) {
		// In reverse order: a thread that finds a free slot in total also finds that of
		// the address.
		if (this.perAddress.isSet()) {
			releaseOfAddress(key(address));
		}
		releaseTotal();
	}

	private void releaseOfAddress(long key) {
		this.acquiredByAddress.computeIfPresent(key, (address, count) -> (count > 1) ? count - 1 : null);
	}

	private void releaseTotal() {
		if (this.total.isSet()) {
			this.acquired.decrementAndGet();
		}
	}

	/**
	 * Returns whether there is a limit, so that slots must be released.
	 * @return false if there is no limit
	 */
	public boolean isLimited() {
		return this.total.isSet() || this.perAddress.isSet();
	}

	/**
	 * Returns the IPv4 address, or the /64 network of an IPv6 address, because a
	 * household has a whole network and could use a new address for each connection. The
	 * two cannot collide: no client has an address in the IPv6 network 0.
	 */
	private static long key(@Nullable SocketAddress address) {
		if (!(address instanceof InetSocketAddress internet) || internet.isUnresolved()) {
			return NO_ADDRESS;
		}
		InetAddress host = internet.getAddress();
		ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
		return (host instanceof Inet6Address) ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
	}

}
