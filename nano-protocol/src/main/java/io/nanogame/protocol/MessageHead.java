package io.nanogame.protocol;

/**
 * The fields before a message's body. They suffice to reject the message, and are decoded
 * without reading the body.
 *
 * @param type the type of the message
 * @param id ties a response to its request, see {@link Message#id()}
 * @param route the route; empty for responses
 * @param error whether the body of a response is an error
 * @param compressed whether the body is compressed
 * @param packedLength the length of the body as received, in bytes
 */
public record MessageHead(MessageType type, long id, String route, boolean error, boolean compressed,
		int packedLength) {

}
