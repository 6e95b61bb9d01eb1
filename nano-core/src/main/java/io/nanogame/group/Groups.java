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
 * The groups of a server, by name. Thread-safe. A group exists until it is closed, even
 * without members.
 */
public final class Groups {

	private final ConcurrentMap<String, Group> byName = new ConcurrentHashMap<>();

	private final Factory factory;

	private final Limit sizeLimit;

	/**
	 * Creates an empty registry of groups without a size limit.
	 * @param payloads serialises payloads
	 * @param timers the timers of groups that expire
	 */
	public Groups(Payloads payloads, Timers timers) {
		this(payloads, timers, 0);
	}

	/**
	 * Creates an empty registry of groups with a size limit.
	 * @param payloads serialises payloads
	 * @param timers the timers of groups that expire
	 * @param maxSize the maximum number of members of a group; 0 for no limit
	 */
	public Groups(Payloads payloads, Timers timers, int maxSize) {
		this(payloads, timers, GroupSettings.of(maxSize, MergedRoutes.NONE));
	}

	/**
	 * Creates an empty registry of groups.
	 * @param payloads serialises payloads
	 * @param timers the timers of groups that expire, and of merge windows
	 * @param settings the settings of the groups
	 */
	public Groups(Payloads payloads, Timers timers, GroupSettings settings) {
		this((name, onClose) -> new LocalGroup(name, payloads, settings, timers, onClose), settings.size());
	}

	/**
	 * Creates an empty registry of groups of another kind, such as groups that span
	 * nodes.
	 * @param factory creates the groups
	 * @param sizeLimit the maximum number of members of a group
	 */
	public Groups(Factory factory, Limit sizeLimit) {
		this.factory = factory;
		this.sizeLimit = sizeLimit;
	}

	/**
	 * Creates a group.
	 * @param name a name that no open group has
	 * @return the new group
	 * @throws DuplicateGroupException when a group of that name exists
	 * @throws IllegalArgumentException when the name is longer than
	 * {@link Names#MAX_LENGTH}, or contains an unpaired surrogate
	 */
	public Group create(String name) {
		Group group = newGroup(name);
		if (this.byName.putIfAbsent(name, group) != null) {
			throw new DuplicateGroupException(name);
		}
		if (group.isClosed()) {
			// Another node has closed it before it was registered here.
			this.byName.remove(name, group);
		}
		return group;
	}

	/**
	 * Returns the group of a name. Creates it when it does not exist.
	 * @param name the name
	 * @return the group, which is open unless it is being closed concurrently
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
	 * Returns all groups.
	 * @return a live view that is safe to iterate
	 */
	public Collection<Group> all() {
		return Collections.unmodifiableCollection(this.byName.values());
	}

	public int count() {
		return this.byName.size();
	}

	/**
	 * Returns the limit on the members of a group.
	 * @return the limit
	 */
	public Limit sizeLimit() {
		return this.sizeLimit;
	}

	private Group newGroup(String name) {
		return this.factory.create(Names.check("The name of a group", name),
				(group) -> this.byName.remove(name, group));
	}

	/** Creates groups. Thread-safe. */
	@FunctionalInterface
	public interface Factory {

		/**
		 * Creates a group.
		 * @param name its name
		 * @param onClose called once, when the group is closed
		 * @return an open group without members of this server
		 */
		Group create(String name, Consumer<Group> onClose);

	}

}
