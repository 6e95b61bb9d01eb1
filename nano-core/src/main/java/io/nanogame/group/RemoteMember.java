package io.nanogame.group;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group whose client is connected to another server, and whose session is
 * created only if the game of this server asks for it: a server may know many members
 * that it never uses. Thread-safe.
 */
public interface RemoteMember {

	/**
	 * Returns the id of its session.
	 * @return always the same
	 */
	long id();

	/**
	 * Returns the uid when it joined.
	 * @return always the same, or null
	 */
	@Nullable String uid();

	/**
	 * Returns the server to which its client is connected.
	 * @return an id
	 */
	String server();

	/**
	 * Returns its session. Two threads that ask for it first may both call this.
	 * @return a session of this server with the id, or a new one for pushes
	 */
	Session session();

}
