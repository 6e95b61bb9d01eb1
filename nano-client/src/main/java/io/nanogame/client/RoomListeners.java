package io.nanogame.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.nanogame.client.RoomPath.Change;
import io.nanogame.serialize.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import tools.jackson.databind.JsonNode;

/**
 * The listeners for the parts of a state. The failure of a listener does not affect the
 * others. A listener may remove itself, or others, at any time.
 */
final class RoomListeners {

	private static final Logger log = LoggerFactory.getLogger(RoomListeners.class);

	private final String kind;

	private final List<Entry> forParts = new CopyOnWriteArrayList<>();

	/** They are notified after all others. */
	private final List<Entry> forState = new CopyOnWriteArrayList<>();

	private volatile boolean closed;

	RoomListeners(String kind) {
		this.kind = kind;
	}

	/** Adds a listener for the whole state, which is called after those for parts. */
	Entry addForState(Consumer<JsonNode> listener) {
		Entry entry = new Entry(RoomPath.of(""), (change) -> {
			if (change.value() != null) {
				listener.accept(change.value());
			}
		});
		this.forState.add(entry);
		return entry;
	}

	/** Creates a listener, without adding it. */
	Entry create(RoomPath path, Consumer<Change> listener) {
		return new Entry(path, listener);
	}

	/** Adds a listener for parts, and calls it for those that exist. */
	void add(Entry entry, @Nullable JsonNode state) {
		if (!entry.removed) {
			this.forParts.add(entry);
			entry.notify(null, state);
		}
	}

	/** Notifies the listeners of all parts that differ. */
	void changed(@Nullable JsonNode previous, @Nullable JsonNode next) {
		this.forParts.forEach((entry) -> entry.notify(previous, next));
		this.forState.forEach((entry) -> entry.notify(previous, next));
	}

	/** Calls no listener any more. */
	void close() {
		this.closed = true;
		this.forParts.clear();
		this.forState.clear();
	}

	/** Calls a listener of a room of this kind, whatever it throws. */
	static void call(String kind, Runnable listener) {
		try {
			listener.run();
		}
		catch (SerializationException ex) {
			log.warn("The state of a room of the kind {} does not have the type of its listener", kind, ex);
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			log.error("A listener of a room of the kind {} failed", kind, ex);
		}
	}

	/** A listener; disposing of it removes it. */
	final class Entry implements Disposable {

		private final RoomPath path;

		private final Consumer<Change> listener;

		private volatile boolean removed;

		private Entry(RoomPath path, Consumer<Change> listener) {
			this.path = path;
			this.listener = listener;
		}

		private void notify(@Nullable JsonNode previous, @Nullable JsonNode next) {
			for (Change change : this.path.changes(previous, next)) {
				if (!this.removed && !RoomListeners.this.closed) {
					call(RoomListeners.this.kind, () -> this.listener.accept(change));
				}
			}
		}

		@Override
		public void dispose() {
			this.removed = true;
			RoomListeners.this.forParts.remove(this);
			RoomListeners.this.forState.remove(this);
		}

		@Override
		public boolean isDisposed() {
			return this.removed;
		}

	}

}
