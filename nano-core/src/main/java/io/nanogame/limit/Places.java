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
 * The places a server has for clients: in total, and for each address. Any thread.
 */
public final class Places {

	/** For clients without an address of the internet. */
	private static final long NOWHERE = -1;

	private final Limit total;

	private final Limit perAddress;

	private final AtomicInteger taken = new AtomicInteger();

	private final ConcurrentMap<Long, Integer> takenByAddress = new ConcurrentHashMap<>();

	/**
	 * As many places as there may be clients.
	 * @param most in total; 0 for any number
	 * @param mostPerAddress at one address; 0 for any number
	 */
	public Places(int most, int mostPerAddress) {
		this.total = new Limit("connections", most);
		this.perAddress = new Limit("connections-per-address", mostPerAddress);
	}

	/**
	 * Both limits.
	 * @return in total, and for each address
	 */
	public List<Limit> limits() {
		return List.of(this.total, this.perAddress);
	}

	/**
	 * Whether a client would get no place, for those who can say so before there is a
	 * connection. A client that is turned away so is counted.
	 * @param address where it is, or null
	 * @return true when it has to go
	 */
	public boolean refuse(@Nullable SocketAddress address) {
		if (!this.total.hasRoom(this.taken.get())) {
			this.total.exceeded();
			return true;
		}
		long key = key(address);
		if (key != NOWHERE && !this.perAddress.hasRoom(this.takenByAddress.getOrDefault(key, 0))) {
			this.perAddress.exceeded();
			return true;
		}
		return false;
	}

	/**
	 * Takes a place.
	 * @param address where the client is, or null
	 * @return false when there is none; otherwise it has to be {@link #leave left}
	 */
	public boolean take(@Nullable SocketAddress address) {
		if (this.total.isSet() && this.taken.incrementAndGet() > this.total.most()) {
			this.taken.decrementAndGet();
			this.total.exceeded();
			return false;
		}
		if (!takeOfAddress(key(address))) {
			leaveTotal();
			this.perAddress.exceeded();
			return false;
		}
		return true;
	}

	private boolean takeOfAddress(long key) {
		if (!this.perAddress.isSet() || key == NOWHERE) {
			return true;
		}
		if (this.takenByAddress.merge(key, 1, Integer::sum) > this.perAddress.most()) {
			leaveOfAddress(key);
			return false;
		}
		return true;
	}

	/**
	 * Gives a place back.
	 * @param address what it was taken for
	 */
	public void leave(@Nullable SocketAddress address) {
		// In reverse, so that whoever finds one in total finds that of the address, too.
		if (this.perAddress.isSet()) {
			leaveOfAddress(key(address));
		}
		leaveTotal();
	}

	private void leaveOfAddress(long key) {
		this.takenByAddress.computeIfPresent(key, (address, count) -> (count > 1) ? count - 1 : null);
	}

	private void leaveTotal() {
		if (this.total.isSet()) {
			this.taken.decrementAndGet();
		}
	}

	/**
	 * Whether it matters that places are given back.
	 * @return false when there is no limit
	 */
	public boolean areCounted() {
		return this.total.isSet() || this.perAddress.isSet();
	}

	/**
	 * An IPv4 address, or the network of an IPv6 one: a household has a whole network,
	 * and could come from a new address each time. They cannot meet, because no client
	 * has an address in the first of all networks.
	 */
	private static long key(@Nullable SocketAddress address) {
		if (!(address instanceof InetSocketAddress internet) || internet.isUnresolved()) {
			return NOWHERE;
		}
		InetAddress host = internet.getAddress();
		ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
		return (host instanceof Inet6Address) ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
	}

}
