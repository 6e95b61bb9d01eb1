package io.nanogame.connection;

import java.util.Set;

import io.nanogame.serialize.Payloads;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A protocol between clients and the server. One object serves all connections of a
 * server; the state of one of them is in a {@link ProtocolConnection}.
 * <p>
 * A protocol serves clients only on listeners that name it. Thread-safe, except for
 * methods that are confined to the loop.
 */
public interface Protocol {

	/**
	 * Returns the name by which listeners refer to this protocol.
	 * @return lower case, unique on a server, such as {@code pomelo}
	 */
	String name();

	/**
	 * Returns what this protocol can do.
	 * @return its traits
	 */
	Set<ProtocolTrait> traits();

	/**
	 * Returns the payloads of its sessions.
	 * @return always the same object; null for the server's payloads
	 */
	default @Nullable Payloads payloads() {
		return null;
	}

	/**
	 * Returns what the encoding of messages depends on, such as a dictionary. A session
	 * moves only between servers whose protocols encode alike.
	 * @return a text that is equal on such servers
	 */
	default String codec() {
		return "";
	}

	/**
	 * Returns this protocol as one listener serves it, for protocols with settings of
	 * each listener.
	 * @param listener the name of the listener
	 * @return a protocol with the same name and payloads
	 */
	default Protocol forListener(String listener) {
		return this;
	}

	/**
	 * Returns whether a client uses this protocol. Called only on listeners with several
	 * protocols. Confined to the loop.
	 * @param first the first bytes of a client, at least one; not changed
	 * @return {@link Match#MORE} while that depends on bytes that were not received yet
	 */
	Match detect(ByteBuf first);

	/**
	 * Returns whether the first bytes of a client determine that it uses this protocol.
	 * @return false if they can be any, so that a listener of this protocol serves no
	 * other one, and no other transport beside TCP
	 */
	default boolean isDetectable() {
		return true;
	}

	/**
	 * Creates the state of a connection. Called once, before its first byte is read.
	 * Confined to the loop.
	 * @param connection the server's end; not to be used before this method returns
	 * @return the state of the connection
	 */
	ProtocolConnection open(ClientConnection connection);

	/**
	 * The result of a detection.
	 */
	enum Match {

		/** The client uses this protocol. */
		YES,

		/** The client uses another protocol. */
		NO,

		/** More bytes are needed. */
		MORE

	}

}
