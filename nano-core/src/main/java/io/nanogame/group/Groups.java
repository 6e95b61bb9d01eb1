package io.nanogame.group;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.nanogame.limit.Limit;
import io.nanogame.serialize.Payloads;

/**
 * The groups of a server, by name. Any thread. A group stays until it is closed, also
 * without members.
 */
public final class Groups {

	private final ConcurrentMap<String, Group> byName = new ConcurrentHashMap<>();

	private final Payloads payloads;

	private final Limit sizeLimit;

	/**
	 * No groups yet.
	 * @param payloads how payloads become bytes
	 */
	public Groups(Payloads payloads) {
		this(payloads, 0);
	}

	/**
	 * No groups yet, and no large ones later.
	 * @param payloads how payloads become bytes
	 * @param maxSize how many members a group may have; 0 for any number
	 */
	public Groups(Payloads payloads, int maxSize) {
		this.payloads = payloads;
		this.sizeLimit = new Limit("group-size", maxSize);
	}

	/**
	 * Makes a group.
	 * @param name a name no open group has
	 * @return the new group
	 * @throws DuplicateGroupException when there is one of that name
	 */
	public Group create(String name) {
		Group group = newGroup(name);
		if (this.byName.putIfAbsent(name, group) != null) {
			throw new DuplicateGroupException(name);
		}
		return group;
	}

	/**
	 * The group of a name; made when there is none.
	 * @param name the name
	 * @return an open group, unless somebody closes it right now
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
		return new Group(name, this.payloads, this.sizeLimit, (group) -> this.byName.remove(name, group));
	}

}
