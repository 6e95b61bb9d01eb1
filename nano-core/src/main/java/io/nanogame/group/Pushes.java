package io.nanogame.group;

import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;

/**
 * Pushes for players who need not be connected to this server, nor to any: for callers
 * that know a uid or the name of a group, and want to know what became of it. In a
 * cluster all gateways are asked.
 * <p>
 * Any thread; nothing blocks.
 */
public interface Pushes {

	/**
	 * Pushes to all sessions of an audience.
	 * @param audience whom it is for; who is not connected gets nothing
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 * @return who took it, as soon as that is known; on a worker thread, or at once
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written, or is too long to travel; nobody gets it then
	 * @throws IllegalArgumentException when the route has more than 255 bytes
	 */
	CompletionStage<PushReceipt> push(Audience audience, String route, Object payload);

}
