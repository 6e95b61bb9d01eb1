package io.nanogame.connection;

import java.util.Set;

import io.nanogame.serialize.Payloads;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What clients speak. One object serves all connections of a server; what it keeps for
 * one of them is a {@link ProtocolConnection}.
 * <p>
 * Serves clients only where a listener names it. Any thread, where nothing else is said.
 */
public interface Protocol {

	/**
	 * The name by which listeners refer to it.
	 * @return lower case, unique on a server, such as {@code pomelo}
	 */
	String name();

	/**
	 * What it can do.
	 * @return its traits
	 */
	Set<ProtocolTrait> traits();

	/**
	 * How values become bytes for its sessions.
	 * @return always the same object; null for the server's payloads
	 */
	default @Nullable Payloads payloads() {
		return null;
	}

	/**
	 * Whether a client speaks this protocol. Asked only where a listener serves several.
	 * Loop.
	 * @param first the first bytes of a client, at least one; not changed
	 * @return {@link Match#MORE} while it depends on bytes that have not come
	 */
	Match detect(ByteBuf first);

	/**
	 * Begins with a client. Called once a connection, before its first byte is read.
	 * Loop.
	 * @param connection the server's end; not to be used before this method returns
	 * @return what the protocol keeps for it
	 */
	ProtocolConnection open(ClientConnection connection);

	/**
	 * Whether bytes belong to a protocol.
	 */
	enum Match {

		/** They do. */
		YES,

		/** They do not. */
		NO,

		/** More of them will tell. */
		MORE

	}

}
