package io.nanogame.service;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The instances that this node offers. Thread-safe. */
final class OwnOffers {

	/** The key of an instance without a name. */
	static final String UNNAMED = "";

	/** By the name of the service and the name of the instance. */
	private final Map<String, Map<String, Offer<?>>> offers = new ConcurrentHashMap<>();

	void add(Offer<?> offer) {
		this.offers.compute(offer.type().name(), (name, present) -> {
			Map<String, Offer<?>> instances = (present != null) ? present : new ConcurrentHashMap<>();
			if (instances.putIfAbsent(key(offer.instance()), offer) != null) {
				throw new IllegalStateException("This node already offers %s"
					.formatted(new ServiceAddress(name, offer.instance(), null, false)));
			}
			return instances;
		});
	}

	void remove(Offer<?> offer) {
		this.offers.computeIfPresent(offer.type().name(), (name, instances) -> {
			instances.remove(key(offer.instance()), offer);
			return instances.isEmpty() ? null : instances;
		});
	}

	Set<String> names() {
		return new TreeSet<>(this.offers.keySet());
	}

	/** Returns an instance that may be called. */
	@Nullable Offer<?> find(String service, @Nullable String instance) {
		Map<String, Offer<?>> instances = this.offers.get(service);
		Offer<?> offer = (instances != null) ? instances.get(key(instance)) : null;
		return (offer != null && offer.tenure().isHeld()) ? offer : null;
	}

	/** Returns a live view of all instances of a service. */
	Collection<Offer<?>> instances(String service) {
		return this.offers.getOrDefault(service, Map.of()).values();
	}

	private static String key(@Nullable String instance) {
		return (instance != null) ? instance : UNNAMED;
	}

}
