package io.nanogame.session;

import java.util.function.Consumer;

/**
 * Calls a listener of the game after the messages of the session that were received
 * before its close. Not equal to another one of the same listener, which is called once
 * more.
 */
final class OnClose implements Consumer<Session> {

	private final Consumer<Session> listener;

	OnClose(Consumer<Session> listener) {
		this.listener = listener;
	}

	@Override
	public void accept(Session closed) {
		closed.inOrder(() -> this.listener.accept(closed));
	}

}
