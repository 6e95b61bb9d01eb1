package io.nanogame.session;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.nanogame.limit.Limit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attributes of a session: names and values of the game, neither of them null.
 * Thread-safe; an operation on one name is atomic.
 * <p>
 * In a cluster the values of {@link #set} are sent to each node that handles messages of
 * the session; those of {@link #setLocal} are not.
 */
public final class Attributes {

	private static final Logger log = LoggerFactory.getLogger(Attributes.class);

	private final Limit limit;

	/** Rejects values that cannot be sent to other nodes. */
	private final BiConsumer<String, Object> check;

	private final Map<String, Object> values = new ConcurrentHashMap<>(8);

	private volatile @Nullable BiConsumer<String, @Nullable Object> observer;

	/** Creates attributes without values. */
	Attributes(Limit limit, BiConsumer<String, Object> check) {
		this.limit = limit;
		this.check = check;
	}

	/**
	 * Sets a value.
	 * @param name the name
	 * @param value the value; in a cluster a number, a text, a boolean, or an object that
	 * the server's serializer writes and reads as its own class
	 * @throws TooManyAttributesException when the name exceeds the limit
	 * @throws IllegalArgumentException when the value cannot be sent to other nodes of
	 * the cluster; the attribute is unchanged then
	 */
	public synchronized void set(String name, Object value) {
		this.check.accept(name, Objects.requireNonNull(value, "value"));
		checkRoom(name);
		this.values.put(name, value);
		changed(name, value);
	}

	/**
	 * Sets a value that is not sent to other nodes: a live object, such as a group, a
	 * timer or a room. Other nodes of a cluster have no attribute of that name.
	 * @param name the name
	 * @param value the value
	 * @throws TooManyAttributesException when the name exceeds the limit
	 */
	public synchronized void setLocal(String name, Object value) {
		checkRoom(name);
		Object before = this.values.put(name, new LocalAttribute(Objects.requireNonNull(value, "value")));
		if (before != null && !(before instanceof LocalAttribute)) {
			changed(name, null);
		}
	}

	/**
	 * Returns a value.
	 * @param name the name
	 * @return the value, or null if there is none
	 */
	public @Nullable Object get(String name) {
		return get(name, Object.class);
	}

	/**
	 * Returns a value of a type.
	 * @param name the name
	 * @param type the type
	 * @param <T> the type
	 * @return the value, or null if there is none
	 * @throws ClassCastException when the value has another type
	 */
	public <T> @Nullable T get(String name, Class<T> type) {
		Object value = this.values.get(name);
		return (value != null) ? cast(name, value, type) : null;
	}

	/**
	 * Returns a value, and creates it if there is none.
	 * @param name the name
	 * @param type the type
	 * @param create creates the value; called at most once, under the lock
	 * @param <T> the type
	 * @return the value
	 * @throws ClassCastException when the value has another type
	 * @throws TooManyAttributesException when the name exceeds the limit
	 */
	public <T> T computeIfAbsent(String name, Class<T> type, Function<String, T> create) {
		T current = get(name, type);
		return (current != null) ? current : create(name, type, create);
	}

	private synchronized <T> T create(String name, Class<T> type, Function<String, T> create) {
		T current = get(name, type);
		if (current != null) {
			return current;
		}
		checkRoom(name);
		T created = create.apply(name);
		set(name, created);
		return created;
	}

	/** See {@link SessionHandle#acceptAttribute}. */
	synchronized void accept(String name, @Nullable Object value) {
		if (value != null) {
			this.values.put(name, value);
		}
		else if (!(this.values.get(name) instanceof LocalAttribute)) {
			this.values.remove(name);
		}
	}

	/** See {@link SessionHandle#observeAttributes}. */
	void observe(BiConsumer<String, @Nullable Object> changes) {
		this.observer = changes;
	}

	/** Called under the lock. */
	private void checkRoom(String name) {
		if (!this.limit.hasRoom(this.values.size()) && !this.values.containsKey(name)) {
			throw tooMany();
		}
	}

	/** Called under the lock, so that the observer sees the changes in order. */
	private void changed(String name, @Nullable Object value) {
		BiConsumer<String, @Nullable Object> current = this.observer;
		if (current != null) {
			current.accept(name, value);
		}
	}

	private TooManyAttributesException tooMany() {
		this.limit.exceeded();
		return new TooManyAttributesException(this.limit.max());
	}

	private <T> T cast(String name, Object stored, Class<T> type) {
		Object value = (stored instanceof LocalAttribute local) ? local.value() : stored;
		if (value instanceof EncodedAttribute encoded) {
			T decoded = encoded.decode(name, type);
			if (type != Object.class) {
				this.values.replace(name, value, decoded);
			}
			return decoded;
		}
		if (!type.isInstance(value)) {
			throw new ClassCastException(
					"Attribute '%s' is a %s, not a %s".formatted(name, value.getClass().getName(), type.getName()));
		}
		return type.cast(value);
	}

	/**
	 * Returns a number.
	 * @param name the name
	 * @return the value; 0 if there is none or it is no number
	 */
	public int getInt(String name) {
		return number(name).intValue();
	}

	public long getLong(String name) {
		return number(name).longValue();
	}

	public double getDouble(String name) {
		return number(name).doubleValue();
	}

	/**
	 * Returns a boolean.
	 * @param name the name
	 * @return the value; false if there is none or it is no boolean
	 */
	public boolean getBoolean(String name) {
		return getOr(name, Boolean.class, false);
	}

	/**
	 * Returns a text.
	 * @param name the name
	 * @return the value; empty if there is none or it is no text
	 */
	public String getString(String name) {
		return getOr(name, String.class, "");
	}

	private Number number(String name) {
		return getOr(name, Number.class, 0);
	}

	/** Ignores values of other types, as nano does, whose getters these are. */
	private <T> T getOr(String name, Class<T> type, T otherwise) {
		try {
			T value = get(name, type);
			return (value != null) ? value : otherwise;
		}
		catch (ClassCastException ex) {
			return otherwise;
		}
	}

	public boolean has(String name) {
		return this.values.containsKey(name);
	}

	/** Removes a value. Returns it, or null if there was none. */
	public synchronized @Nullable Object remove(String name) {
		Object removed = this.values.remove(name);
		if (removed instanceof LocalAttribute local) {
			return local.value();
		}
		if (removed != null) {
			changed(name, null);
		}
		return removed;
	}

	/**
	 * Returns the values that may be sent to other nodes. Not atomic.
	 * @return an immutable copy, without the values of {@link #setLocal}
	 */
	public Map<String, Object> state() {
		// Not Map.copyOf, which throws when a name is removed and set again meanwhile.
		Map<String, Object> state = new HashMap<>(this.values);
		state.values().removeIf(LocalAttribute.class::isInstance);
		return Collections.unmodifiableMap(state);
	}

	/**
	 * Replaces all values. Not atomic.
	 * @param state names and values, such as those of {@link #state()}
	 * @throws TooManyAttributesException when they exceed the limit; nothing is changed
	 * then
	 * @throws IllegalArgumentException as for {@link #set}; nothing is changed then
	 */
	public synchronized void restore(Map<String, ?> state) {
		if (this.limit.isSet() && state.size() > this.limit.max()) {
			throw tooMany();
		}
		state.forEach(this.check);
		clear();
		state.forEach(this::set);
	}

	/**
	 * Sets the values of a session whose client continues this one; they replace others.
	 */
	void merge(Attributes newer) {
		newer.values.forEach((name, value) -> {
			try {
				if (value instanceof LocalAttribute local) {
					setLocal(name, local.value());
				}
				else {
					set(name, value);
				}
			}
			catch (TooManyAttributesException ex) {
				log.warn("An attribute of a login is lost, because the continued session has too many: {}", name);
			}
			catch (RuntimeException ex) {
				log.error("An attribute of a login is lost: {}", name, ex);
			}
		});
	}

	public synchronized void clear() {
		Set.copyOf(this.values.keySet()).forEach(this::remove);
	}

	public int size() {
		return this.values.size();
	}

	/** A value that is not sent to other nodes. */
	private record LocalAttribute(Object value) {
	}

}
