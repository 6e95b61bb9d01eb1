package io.nanogame.group;

import java.util.Collection;
import java.util.Set;
import java.util.function.Function;

import io.nanogame.session.Session;
import io.nanogame.session.Sessions;

/**
 * Whom a push of {@link Pushes} is for, wherever they are connected.
 */
public sealed interface Audience {

	/**
	 * Finds those that are here.
	 * @param sessions of this server
	 * @param members finds the members of a group by its name; none when there is no such
	 * group
	 * @return the sessions of this moment, or a live view that is safe to iterate
	 */
	Collection<Session> among(Sessions sessions, Function<String, Collection<Session>> members);

	/**
	 * All sessions of some players.
	 *
	 * @param uids what the sessions are bound to
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

	/** All sessions, also of those who have not said who they are. */
	record Everybody() implements Audience {

		@Override
		public Collection<Session> among(Sessions sessions, Function<String, Collection<Session>> members) {
			return sessions.all();
		}

	}

}
