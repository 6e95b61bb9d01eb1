package io.nanogame.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.nanogame.protocol.Message;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Exceptions;

/** The listeners for pushes, by route, and for undelivered notifications. Thread-safe. */
final class Listeners {

	private static final Logger log = LoggerFactory.getLogger(Listeners.class);

	private final Map<String, List<Consumer<Message>>> byRoute = new ConcurrentHashMap<>();

	/** Listeners for all routes. */
	private final List<Consumer<Message>> forAllRoutes = new CopyOnWriteArrayList<>();

	private final List<Consumer<UndeliveredNotification>> forUndelivered = new CopyOnWriteArrayList<>();

	Disposable addForUndelivered(Consumer<UndeliveredNotification> listener) {
		this.forUndelivered.add(listener);
		return () -> this.forUndelivered.remove(listener);
	}

	Disposable add(BiConsumer<String, byte[]> consumer) {
		Consumer<Message> listener = (push) -> consumer.accept(push.route(), push.body());
		this.forAllRoutes.add(listener);
		return () -> this.forAllRoutes.remove(listener);
	}

	Disposable add(String route, PayloadReader reader, Consumer<Object> consumer) {
		Consumer<Message> listener = (push) -> consumer.accept(reader.read(push.body()));
		this.byRoute.compute(route, (key, existing) -> {
			List<Consumer<Message>> listeners = (existing != null) ? existing : new CopyOnWriteArrayList<>();
			listeners.add(listener);
			return listeners;
		});
		return () -> this.byRoute.computeIfPresent(route, (key, listeners) -> {
			listeners.remove(listener);
			return listeners.isEmpty() ? null : listeners;
		});
	}

	/**
	 * Delivers a push to its listeners. The failure of one listener does not affect the
	 * others.
	 */
	void deliver(Message push) {
		List<Consumer<Message>> forRoute = this.byRoute.getOrDefault(push.route(), List.of());
		if (forRoute.isEmpty() && this.forAllRoutes.isEmpty()) {
			log.debug("No listener for pushes to {}", push.route());
		}
		deliver(push, this.forAllRoutes);
		deliver(push, forRoute);
	}

	/** Delivers notifications that were not confirmed to the listeners for them. */
	void deliver(List<UndeliveredNotification> notifications) {
		if (!notifications.isEmpty() && this.forUndelivered.isEmpty()) {
			log.warn("{} notifications were lost with their session, or their outcome is unknown; "
					+ "NanoClient.onUndelivered receives them", notifications.size());
		}
		for (UndeliveredNotification notification : notifications) {
			for (Consumer<UndeliveredNotification> listener : this.forUndelivered) {
				try {
					listener.accept(notification);
				}
				catch (Throwable ex) {
					Exceptions.throwIfJvmFatal(ex);
					log.error("A listener for undelivered notifications failed", ex);
				}
			}
		}
	}

	private static void deliver(Message push, List<Consumer<Message>> listeners) {
		for (Consumer<Message> listener : listeners) {
			try {
				listener.accept(push);
			}
			catch (SerializationException ex) {
				log.warn("A push to {} does not have the type of its listener", push.route(), ex);
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				log.error("A listener for pushes to {} failed", push.route(), ex);
			}
		}
	}

}
