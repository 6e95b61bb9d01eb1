package io.nanogame.protocol;

/**
 * What stands in front of a message's body. Enough to refuse the message, and made
 * without a look at the body.
 *
 * @param type what the message is for
 * @param id ties a response to its request, see {@link Message#id()}
 * @param route whom it is for; empty for responses
 * @param error whether the body of a response is an error
 * @param compressed whether the body is compressed
 * @param packedLength how long the body is as it came, in bytes
 */
public record MessageHead(MessageType type, long id, String route, boolean error, boolean compressed,
		int packedLength) {

}
