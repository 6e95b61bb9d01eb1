package io.nanogame.observe;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;

/**
 * Records everything that a server reports, as a line each.
 */
class RecordedEvents implements ServerEvents, MessageObserver {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	List<String> lines() {
		return this.lines;
	}

	/** Returns the lines since the last call. */
	List<String> take() {
		List<String> taken = List.copyOf(this.lines);
		this.lines.clear();
		return taken;
	}

	void add(String line) {
		this.lines.add(line);
	}

	@Override
	public void sessionOpened(Session session) {
		add(session.id() + " opened " + session.isOpen());
	}

	@Override
	public void sessionDetached(Session session, CloseReason reason) {
		add(session.id() + " detached " + reason.code());
	}

	@Override
	public void sessionResumed(Session session, long awayNanos, int resent) {
		add(session.id() + " resumed " + awayNanos + " " + resent);
	}

	@Override
	public void sessionClosed(Session session, CloseReason reason) {
		add(session.id() + " closed " + reason.code() + " " + session.isOpen());
	}

	@Override
	public void connectionEnded(SocketAddress address, String transport, CloseReason reason) {
		add("none ended " + ((InetSocketAddress) address).getPort() + " " + transport + " " + reason.code());
	}

	@Override
	public MessageObserver messages() {
		return this;
	}

	@Override
	public void received(Session session, MessageType type, long id, String route, int length) {
		add(session.id() + " -> " + type + " " + id + " " + route + " " + length);
	}

	@Override
	public void sent(Session session, MessageType type, long id, String route, int length) {
		add(session.id() + " <- " + type + " " + id + " " + route + " " + length);
	}

	@Override
	public HandlerObserver handler(String route) {
		return new HandlerObserver() {

			@Override
			public void waited(Session session, long nanos) {
				add(session.id() + " waited " + route + " " + nanos);
			}

			@Override
			public void handled(Session session, Outcome outcome, long nanos) {
				add(session.id() + " handled " + route + " " + outcome + " " + nanos);
			}

		};
	}

}
