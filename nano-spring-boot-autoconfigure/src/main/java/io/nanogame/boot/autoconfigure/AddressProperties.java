package io.nanogame.boot.autoconfigure;

import java.util.List;

import io.nanogame.net.AddressFilter;
import io.nanogame.net.AddressPolicy;
import io.nanogame.net.Networks;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Addresses of clients that may connect to one port.
 *
 * @param allowed Addresses and networks of clients that may connect, such as
 * '10.0.0.0/8'. By default all.
 * @param denied Addresses and networks of clients that may not connect, even if they are
 * allowed.
 */
public record AddressProperties(@DefaultValue List<String> allowed, @DefaultValue List<String> denied) {

	/**
	 * Internal. Returns the policy that these lists and the filters make up.
	 * @param prefix the prefix of the keys
	 * @param filters the filters of the app
	 */
	public AddressPolicy policy(String prefix, List<AddressFilter> filters) {
		return new AddressPolicy(networks(prefix + ".allowed", this.allowed), networks(prefix + ".denied", this.denied),
				filters);
	}

	static Networks networks(String key, List<String> values) {
		try {
			return Networks.of(values);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(key, values, ex.getMessage() + ".");
		}
	}

}
