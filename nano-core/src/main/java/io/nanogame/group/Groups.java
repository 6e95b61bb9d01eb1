package io.nanogame.group;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import io.nanogame.lane.Timers;
import io.nanogame.limit.Limit;
import io.nanogame.limit.Names;
import io.nanogame.serialize.Payloads;

/**
 * The groups of a server, by name. Any thread. A group stays until it is closed, also
 * without members.
 */
public final class Groups {

	/** The name of the limit of members. */
	public static final String LIMIT = "group-size";

	private final ConcurrentMap<String, Group> byName = new ConcurrentHashMap<>();

	private final Factory factory;

	private final Limit sizeLimit;

	/**
	 * No groups yet.
	 * @param payloads how payloads become bytes
	 * @param timers end groups that expire
	 */
	public Groups(Payloads payloads, Timers timers) {
		this(payloads, timers, 0);
	}

	/**
	 * No groups yet, and no large ones later.
	 * @param payloads how payloads become bytes
	 * @param timers end groups that expire
	 * @param maxSize how many members a group may have; 0 for any number
	 */
	public Groups(Payloads payloads, Timers timers, int maxSize) {
		Limit size = new Limit(LIMIT, maxSize);
		this.sizeLimit = size;
		this.factory = (name, onClose) -> new LocalGroup(name, payloads, size, timers, onClose);
	}

	/**
	 * No groups yet; they will be of another kind, such as one that spans nodes.
	 * @param factory makes them
	 * @param sizeLimit how many members they may have
	 */
	public Groups(Factory factory, Limit sizeLimit) {
		this.factory = factory;
		this.sizeLimit = sizeLimit;
	}

	/**
	 * Makes a group.
	 * @param name a name no open group has
	 * @return the new group
	 * @throws DuplicateGroupException when there is one of that name
	 * @throws IllegalArgumentException when the name is longer than
	 * {@link Names#MAX_LENGTH}, or holds half of a surrogate pair
	 */
	public Group create(String name) {
		Group group = newGroup(name);
		if (this.byName.putIfAbsent(name, group) != null) {
			throw new DuplicateGroupException(name);
		}
		if (group.isClosed()) {
			// By another node, before there was anything to remove.
			this.byName.remove(name, group);
		}
		return group;
	}

	/**
	 * The group of a name; made when there is none.
	 * @param name the name
	 * @return an open group, unless somebody closes it right now
	 * @throws IllegalArgumentException as for {@link #create}
	 */
	public Group get(String name) {
		return this.byName.computeIfAbsent(name, this::newGroup);
	}

	/**
	 * Finds a group.
	 * @param name the name
	 * @return the group, if there is one
	 */
	public Optional<Group> find(String name) {
		return Optional.ofNullable(this.byName.get(name));
	}

	/**
	 * All groups.
	 * @return a live view that is safe to iterate
	 */
	public Collection<Group> all() {
		return Collections.unmodifiableCollection(this.byName.values());
	}

	public int count() {
		return this.byName.size();
	}

	/**
	 * The limit of members.
	 * @return how many a group may have
	 */
	public Limit sizeLimit() {
		return this.sizeLimit;
	}

	private Group newGroup(String name) {
		return this.factory.create(Names.check("The name of a group", name),
				(group) -> this.byName.remove(name, group));
	}

	/** Makes groups. Any thread. */
	@FunctionalInterface
	public interface Factory {

		/**
		 * Makes a group.
		 * @param name its name
		 * @param onClose to be called once, when it is closed
		 * @return an open group without members of this server
		 */
		Group create(String name, Consumer<Group> onClose);

	}

}
