package io.nanogame.group;

import java.util.Collection;
import java.util.Set;
import java.util.function.Function;

import io.nanogame.session.Session;
import io.nanogame.session.Sessions;

/**
 * The recipients of a push of {@link Pushes}, on any node.
 */
public sealed interface Audience {

	/**
	 * Finds the recipients on this server.
	 * @param sessions the sessions of this server
	 * @param members returns the members of a group by its name; none when there is no
	 * such group
	 * @return a snapshot, or a live view that is safe to iterate
	 */
	Collection<Session> among(Sessions sessions, Function<String, Collection<Session>> members);

	/**
	 * All sessions of some players.
	 *
	 * @param uids the uids that the sessions are bound to
	 */
	record Players(Set<String> uids) implements Audience {

		public Players {
			uids = Set.copyOf(uids);
		}

		@Override
		public Collection<Session> among(Sessions sessions, Function<String, Collection<Session>> members) {
			return this.uids.stream().flatMap((uid) -> sessions.findByUid(uid).stream()).toList();
		}

	}

	/**
	 * The members of a group.
	 *
	 * @param group its name
	 */
	record GroupMembers(String group) implements Audience {

		@Override
		public Collection<Session> among(Sessions sessions, Function<String, Collection<Session>> members) {
			return members.apply(this.group);
		}

	}

	/** All sessions, including those that are not bound to a uid. */
	record Everybody() implements Audience {

		@Override
		public Collection<Session> among(Sessions sessions, Function<String, Collection<Session>> members) {
			return sessions.all();
		}

	}

}
