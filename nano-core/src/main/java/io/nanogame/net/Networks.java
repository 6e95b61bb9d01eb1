package io.nanogame.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * A list of IP addresses and networks. Thread-safe.
 */
public final class Networks {

	/** The empty list. */
	public static final Networks NONE = new Networks(List.of());

	private final List<IpSubnetFilterRule> networks;

	private Networks(List<IpSubnetFilterRule> networks) {
		this.networks = networks;
	}

	/**
	 * Creates a list.
	 * @param addresses addresses and networks, such as {@code 10.0.0.0/8},
	 * {@code fd00::/8} or {@code 10.0.0.1}
	 * @return the list
	 * @throws IllegalArgumentException when one of them is neither an address nor a
	 * network; the message names it and the expected form
	 */
	public static Networks of(List<String> addresses) {
		return new Networks(addresses.stream().map(Networks::network).toList());
	}

	private static IpSubnetFilterRule network(String text) {
		String[] parts = text.split("/", 2);
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(parts[0]);
		if (address == null) {
			throw malformed(text);
		}
		int length = address.getAddress().length * Byte.SIZE;
		try {
			int prefix = (parts.length == 2) ? Integer.parseInt(parts[1]) : length;
			return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
		}
		catch (IllegalArgumentException ex) {
			throw malformed(text);
		}
	}

	private static IllegalArgumentException malformed(String text) {
		return new IllegalArgumentException(
				"'%s' is neither an IP address, such as 10.0.0.1, nor a network, such as 10.0.0.0/8 or fd00::/8"
					.formatted(text));
	}

	boolean isEmpty() {
		return this.networks.isEmpty();
	}

	boolean contain(@Nullable SocketAddress address) {
		if (this.networks.isEmpty() || !(address instanceof InetSocketAddress internet) || internet.isUnresolved()) {
			return false;
		}
		for (IpSubnetFilterRule network : this.networks) {
			if (network.matches(internet)) {
				return true;
			}
		}
		return false;
	}

}
