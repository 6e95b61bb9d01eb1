package io.nanogame.group;

import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;

/**
 * Sends pushes to players that may be connected to this server, to another one, or to
 * none. For callers that know a uid or the name of a group, and need the result of the
 * push. In a cluster the push is sent to all gateways.
 * <p>
 * Thread-safe; never blocks.
 */
public interface Pushes {

	/**
	 * Pushes to all sessions of an audience.
	 * @param audience the recipients; players that are not connected do not receive it
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @return the receipt; completed immediately, or on a worker thread
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written, or is too long to be sent between nodes; no session receives it then
	 * @throws IllegalArgumentException when the route has more than 255 bytes
	 */
	CompletionStage<PushReceipt> push(Audience audience, String route, Object payload);

}
