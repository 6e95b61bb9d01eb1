package io.nanogame.boot.autoconfigure;

import java.util.List;

import io.nanogame.net.AddressFilter;
import io.nanogame.net.OriginFilter;

import org.springframework.beans.factory.BeanFactory;

/**
 * Internal. The filters of the app for clients of all ports.
 *
 * @param addresses the filters of addresses
 * @param origins the filters of origins
 */
public record ClientFilters(List<AddressFilter> addresses, List<OriginFilter> origins) {

	/** Finds the filters of an app. */
	public static ClientFilters of(BeanFactory beans) {
		return new ClientFilters(beans.getBeanProvider(AddressFilter.class).orderedStream().toList(),
				beans.getBeanProvider(OriginFilter.class).orderedStream().toList());
	}

}
