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

/** Who wants which pushes. Any thread. */
final class Listeners {

	private static final Logger log = LoggerFactory.getLogger(Listeners.class);

	private final Map<String, List<Consumer<Message>>> byRoute = new ConcurrentHashMap<>();

	/** Those who want all. */
	private final List<Consumer<Message>> ofAll = new CopyOnWriteArrayList<>();

	Disposable add(BiConsumer<String, byte[]> consumer) {
		Consumer<Message> listener = (push) -> consumer.accept(push.route(), push.body());
		this.ofAll.add(listener);
		return () -> this.ofAll.remove(listener);
	}

	Disposable add(String route, PayloadReader reader, Consumer<Object> consumer) {
		Consumer<Message> listener = (push) -> consumer.accept(reader.read(push.body()));
		this.byRoute.compute(route, (key, present) -> {
			List<Consumer<Message>> listeners = (present != null) ? present : new CopyOnWriteArrayList<>();
			listeners.add(listener);
			return listeners;
		});
		return () -> this.byRoute.computeIfPresent(route, (key, listeners) -> {
			listeners.remove(listener);
			return listeners.isEmpty() ? null : listeners;
		});
	}

	/**
	 * Gives a push to all who want it; what one of them does to it stays with that one.
	 */
	void deliver(Message push) {
		List<Consumer<Message>> ofRoute = this.byRoute.getOrDefault(push.route(), List.of());
		if (ofRoute.isEmpty() && this.ofAll.isEmpty()) {
			log.debug("Nobody listens to {}", push.route());
		}
		deliver(push, this.ofAll);
		deliver(push, ofRoute);
	}

	private static void deliver(Message push, List<Consumer<Message>> listeners) {
		for (Consumer<Message> listener : listeners) {
			try {
				listener.accept(push);
			}
			catch (SerializationException ex) {
				log.warn("A push to {} is not of the type that was asked for", push.route(), ex);
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				log.error("A listener of {} failed", push.route(), ex);
			}
		}
	}

}
