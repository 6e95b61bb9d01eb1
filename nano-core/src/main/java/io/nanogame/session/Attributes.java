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

/**
 * What the game keeps with a session: names and values, neither of them null. Any thread,
 * many at once; what concerns one name is atomic.
 * <p>
 * In a cluster the values that are {@link #set} travel to each node that handles messages
 * of the session; those of {@link #setLocal} stay where they are.
 */
public final class Attributes {

	private final Limit limit;

	/** Refuses values that cannot travel. */
	private final BiConsumer<String, Object> check;

	private final Map<String, Object> values = new ConcurrentHashMap<>(8);

	private volatile @Nullable BiConsumer<String, @Nullable Object> observer;

	/**
	 * No attributes yet.
	 * @param limit how many there may be
	 * @param check throws an exception for a name and a value that cannot travel
	 */
	Attributes(Limit limit, BiConsumer<String, Object> check) {
		this.limit = limit;
		this.check = check;
	}

	/**
	 * Sets a value.
	 * @param name the name
	 * @param value the value; in a cluster a number, a text, a boolean, or whatever the
	 * server's serializer writes and reads again as its own class
	 * @throws TooManyAttributesException when the name is one too many
	 * @throws IllegalArgumentException when the value cannot travel to other nodes of the
	 * cluster; the attribute is what it was then
	 */
	public synchronized void set(String name, Object value) {
		this.check.accept(name, Objects.requireNonNull(value, "value"));
		checkRoom(name);
		this.values.put(name, value);
		changed(name, value);
	}

	/**
	 * Sets a value that stays on this node: a live object, such as a group, a timer or a
	 * room. Other nodes of a cluster have no attribute of that name.
	 * @param name the name
	 * @param value the value
	 * @throws TooManyAttributesException when the name is one too many
	 */
	public synchronized void setLocal(String name, Object value) {
		checkRoom(name);
		Object before = this.values.put(name, new LocalAttribute(Objects.requireNonNull(value, "value")));
		if (before != null && !(before instanceof LocalAttribute)) {
			changed(name, null);
		}
	}

	/**
	 * The value of a name.
	 * @param name the name
	 * @return the value, or null when there is none
	 */
	public @Nullable Object get(String name) {
		return get(name, Object.class);
	}

	/**
	 * The value of a name, as a type.
	 * @param name the name
	 * @param type what it must be
	 * @param <T> the type
	 * @return the value, or null when there is none
	 * @throws ClassCastException when the value is something else
	 */
	public <T> @Nullable T get(String name, Class<T> type) {
		Object value = this.values.get(name);
		return (value != null) ? cast(name, value, type) : null;
	}

	/**
	 * The value of a name; if there is none, the one made now.
	 * @param name the name
	 * @param type what it must be
	 * @param make makes the value, called at most once
	 * @param <T> the type
	 * @return the value
	 * @throws ClassCastException when the value that is there is something else
	 * @throws TooManyAttributesException when the name is one too many
	 */
	public <T> T computeIfAbsent(String name, Class<T> type, Function<String, T> make) {
		T present = get(name, type);
		return (present != null) ? present : make(name, type, make);
	}

	private synchronized <T> T make(String name, Class<T> type, Function<String, T> make) {
		T present = get(name, type);
		if (present != null) {
			return present;
		}
		checkRoom(name);
		T made = make.apply(name);
		set(name, made);
		return made;
	}

	/**
	 * Takes over a value from the other end, which knows it already.
	 * @param name the name
	 * @param value the value, or null when it was removed
	 */
	public synchronized void take(String name, @Nullable Object value) {
		if (value != null) {
			this.values.put(name, value);
		}
		else if (!(this.values.get(name) instanceof LocalAttribute)) {
			this.values.remove(name);
		}
	}

	/**
	 * Lets somebody see each change, in order: who tells the other end.
	 * @param quick called under a lock; with the name, and the value or null
	 */
	public void observe(BiConsumer<String, @Nullable Object> quick) {
		this.observer = quick;
	}

	/**
	 * Under the lock, or two might take the last room at once, or be told out of order.
	 */
	private void checkRoom(String name) {
		if (!this.limit.hasRoom(this.values.size()) && !this.values.containsKey(name)) {
			throw tooMany();
		}
	}

	/** Under the lock. */
	private void changed(String name, @Nullable Object value) {
		BiConsumer<String, @Nullable Object> present = this.observer;
		if (present != null) {
			present.accept(name, value);
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
	 * A number.
	 * @param name the name
	 * @return its value, 0 when there is none or it is no number
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
	 * A yes or no.
	 * @param name the name
	 * @return its value, false when there is none or it is no boolean
	 */
	public boolean getBoolean(String name) {
		return getOr(name, Boolean.class, false);
	}

	/**
	 * A text.
	 * @param name the name
	 * @return its value, empty when there is none or it is no text
	 */
	public String getString(String name) {
		return getOr(name, String.class, "");
	}

	private Number number(String name) {
		return getOr(name, Number.class, 0);
	}

	/** As nano does, which the typed getters are taken from. */
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

	/**
	 * Removes a value.
	 * @param name the name
	 * @return what was there, or null
	 */
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
	 * All names and values that may leave this node. Not atomic against other writers.
	 * @return a copy without those of {@link #setLocal}, not to be changed
	 */
	public Map<String, Object> state() {
		// Not Map.copyOf, which throws when a name is removed and set again meanwhile.
		Map<String, Object> state = new HashMap<>(this.values);
		state.values().removeIf(LocalAttribute.class::isInstance);
		return Collections.unmodifiableMap(state);
	}

	/**
	 * Replaces everything by a state taken before. Not atomic against other writers.
	 * @param state names and values
	 * @throws TooManyAttributesException when they are too many; nothing is changed then
	 * @throws IllegalArgumentException as of {@link #set}; nothing is changed then
	 */
	public synchronized void restore(Map<String, ?> state) {
		if (this.limit.isSet() && state.size() > this.limit.max()) {
			throw tooMany();
		}
		state.forEach(this.check);
		clear();
		state.forEach(this::set);
	}

	public synchronized void clear() {
		Set.copyOf(this.values.keySet()).forEach(this::remove);
	}

	public int size() {
		return this.values.size();
	}

	/** A value that stays on this node. */
	private record LocalAttribute(Object value) {
	}

}
