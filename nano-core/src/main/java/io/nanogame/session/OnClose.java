package io.nanogame.session;

import java.util.function.Consumer;

/**
 * Calls a listener of the game after the messages of the session that were received
 * before its close.
 *
 * @param listener receives the session
 */
record OnClose(Consumer<Session> listener) implements Consumer<Session> {

	@Override
	public void accept(Session closed) {
		closed.inOrder(() -> this.listener.accept(closed));
	}

}
