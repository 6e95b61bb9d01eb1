package io.nanogame.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * What a client sends in {@code sys.resume} of its handshake, if it can resume sessions:
 * <pre>
 * {}                                     a new session that can be resumed
 * {"token": "...", "received": 17}       the session of this token
 * </pre>
 *
 * @param token the newest token that the client has received; empty for a new session
 * @param received the number of DATA packets that the client has received in the session
 */
public record ResumeRequest(String token, long received) {

	/**
	 * The request of a client without a session.
	 */
	public static final ResumeRequest NEW = new ResumeRequest("", 0);

	/** Longer than any token, so that a hostile one is not kept. */
	private static final int MAX_TOKEN_LENGTH = 128;

	/**
	 * Reads the field.
	 * @return the request, or null if the client did not send the field
	 * @throws ProtocolException if it is not an object of this form
	 */
	static @Nullable ResumeRequest of(ObjectNode sys) {
		JsonNode field = sys.path("resume");
		if (field.isMissingNode() || field.isNull()) {
			return null;
		}
		return read(Json.part(sys, "resume"));
	}

	/**
	 * Parses the request of a client whose handshake has another form.
	 * @param json a JSON value, UTF-8
	 * @return the request
	 * @throws ProtocolException if it is not an object of this form
	 */
	public static ResumeRequest parse(byte[] json) {
		return read(Json.read(json));
	}

	private static ResumeRequest read(ObjectNode resume) {
		JsonNode token = resume.path("token");
		if (token.isMissingNode()) {
			return NEW;
		}
		JsonNode received = resume.path("received");
		if (!token.isString() || token.stringValue().length() > MAX_TOKEN_LENGTH || !received.isIntegralNumber()
				|| received.longValue(-1) < 0) {
			throw new ProtocolException(Reason.BAD_HANDSHAKE);
		}
		return new ResumeRequest(token.stringValue(), received.longValue());
	}

	/**
	 * Returns whether the client asks for its former session.
	 * @return {@code false} for a new session
	 */
	public boolean isResume() {
		return !token.isEmpty();
	}

	ObjectNode toTree() {
		return isResume() ? Json.object().put("token", token).put("received", received) : Json.object();
	}

	/** Does not contain the token, which must not be logged. */
	@Override
	public String toString() {
		return "ResumeRequest[received=" + received + "]";
	}

}
