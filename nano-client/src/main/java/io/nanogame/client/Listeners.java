package io.nanogame.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

	private final Map<String, List<Listener>> byRoute = new ConcurrentHashMap<>();

	Disposable add(String route, PayloadReader reader, Consumer<Object> consumer) {
		Listener listener = new Listener(reader, consumer);
		this.byRoute.compute(route, (key, present) -> {
			List<Listener> listeners = (present != null) ? present : new CopyOnWriteArrayList<>();
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
		List<Listener> listeners = this.byRoute.get(push.route());
		if (listeners == null) {
			log.debug("Nobody listens to {}", push.route());
			return;
		}
		for (Listener listener : listeners) {
			try {
				listener.consumer.accept(listener.reader.read(push.body()));
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

	private static final class Listener {

		private final PayloadReader reader;

		private final Consumer<Object> consumer;

		Listener(PayloadReader reader, Consumer<Object> consumer) {
			this.reader = reader;
			this.consumer = consumer;
		}

	}

}
