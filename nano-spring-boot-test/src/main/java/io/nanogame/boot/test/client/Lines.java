package io.nanogame.boot.test.client;

import org.jspecify.annotations.Nullable;

/**
 * Where lines come from: the sockets of {@link SocketLines}, or the memory of a slice.
 */
public interface Lines {

	/**
	 * A line that is not open yet.
	 * @param user the user part of the handshake, or null
	 * @param inbox takes what comes
	 * @return the line of one player
	 */
	Line line(@Nullable Object user, Inbox inbox);

}
