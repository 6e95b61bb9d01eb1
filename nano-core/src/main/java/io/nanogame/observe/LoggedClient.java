package io.nanogame.observe;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.nanogame.protocol.ClientText;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A client as log lines name it, by its session, address and transport:
 * {@code session=7 address=10.0.0.1:50123 transport=tcp}. Who the client is stays out of
 * the log.
 *
 * @param session the session of the client, or null if it has none
 * @param address the address of the client
 * @param transport the name of its transport
 */
public record LoggedClient(@Nullable Session session, SocketAddress address, String transport) {

	/**
	 * Names the client of a session.
	 * @param session the session
	 * @return the name, whose text is created when it is logged
	 */
	public static LoggedClient of(Session session) {
		return new LoggedClient(session, session.remoteAddress(), session.transport());
	}

	@Override
	public String toString() {
		return "session=%s address=%s transport=%s".formatted((this.session != null) ? this.session.id() : "none",
				text(this.address), this.transport);
	}

	/** Java prints the name of a host, or nothing, and a slash in front of an address. */
	private static String text(SocketAddress address) {
		if (address instanceof InetSocketAddress known && known.isUnresolved()) {
			return ClientText.printable(known.getHostString()) + ":" + known.getPort();
		}
		String text = String.valueOf(address);
		return text.substring(text.indexOf('/') + 1);
	}

}
