package io.nanogame.protocol;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.nanogame.protocol.ProtocolException.Reason;

/**
 * What a server sends in {@code sys.resume} of its reply to a client that can resume
 * sessions: <pre>
 * {"token": "...", "window": 30, "state": "resumed", "received": 17}
 * {"token": "...", "window": 30, "state": "lost", "received": 0, "code": "kicked", "reason": "cheating"}
 * </pre>
 *
 * @param token replaces the client's token
 * @param windowSeconds the time for which the session is kept without a connection
 * @param state what has become of the former session
 * @param received the number of DATA packets that the server has received in the session;
 * 0 for a new one
 * @param code the code of the reason for which the former session was closed; empty if it
 * was not closed, or the server does not know
 * @param reason that reason, for a person; empty if there is none
 */
public record ResumeReply(String token, int windowSeconds, State state, long received, String code, String reason) {

	/** The codes of sessions that the server has closed with a kick that is final. */
	private static final Set<String> KICKS = Set.of("kick", "replaced");

	/** A day. */
	private static final int MAX_RETRY_SECONDS = 24 * 60 * 60;

	/**
	 * What has become of the client's former session.
	 */
	public enum State {

		/**
		 * There was none.
		 */
		NEW,

		/**
		 * It continues.
		 */
		RESUMED,

		/**
		 * It has ended, and a new one begins.
		 */
		LOST

	}

	/**
	 * Creates the reply for a session that begins or continues.
	 * @param token replaces the client's token
	 * @param windowSeconds the time for which the session is kept without a connection
	 * @param state what has become of the former session
	 * @param received the number of DATA packets that the server has received in the
	 * session
	 * @return the reply
	 */
	public static ResumeReply of(String token, int windowSeconds, State state, long received) {
		return new ResumeReply(token, windowSeconds, state, received, "", "");
	}

	/**
	 * Returns whether the former session was ended by a kick while its client was away.
	 * Such a client ends as if it had received the kick: it neither opens the new session
	 * nor reconnects.
	 * @return false if the session continues, or was lost for another reason
	 */
	public boolean isKick() {
		return state == State.LOST && KICKS.contains(code);
	}

	/**
	 * Returns the field.
	 * @return a new array, UTF-8
	 */
	public byte[] toJson() {
		ObjectNode json = Json.object()
			.put("token", token)
			.put("window", windowSeconds)
			.put("state", state.name().toLowerCase(Locale.ROOT))
			.put("received", received);
		if (!code.isEmpty()) {
			json.put("code", code);
		}
		if (!reason.isEmpty()) {
			json.put("reason", reason);
		}
		return Json.write(json);
	}

	/**
	 * Parses the field of a handshake reply. A server that compresses its replies does
	 * not send it.
	 * @param body the body of the packet
	 * @return the field, or null if the server did not send it
	 * @throws ProtocolException if it is not of this form
	 */
	public static @Nullable ResumeReply parse(byte[] body) {
		if (HandshakeResponse.isCompressed(body)) {
			return null;
		}
		ObjectNode sys = Json.part(Json.read(body), "sys");
		JsonNode field = sys.path("resume");
		if (field.isMissingNode() || field.isNull()) {
			return null;
		}
		ObjectNode resume = Json.part(sys, "resume");
		String token = resume.path("token").stringValue("");
		int window = resume.path("window").intValue(-1);
		long received = resume.path("received").longValue(-1);
		if (token.isEmpty() || window < 0 || received < 0) {
			throw new ProtocolException(Reason.BAD_HANDSHAKE);
		}
		return new ResumeReply(token, window, state(resume), received, resume.path("code").stringValue(""),
				resume.path("reason").stringValue(""));
	}

	/**
	 * Parses the time after which a client may try again whose handshake was rejected
	 * with 503, because the server cannot decide now what has become of the session:
	 * <code>{"code": 503, "msg": "...", "sys": {"retry": 0.5}}</code>.
	 * @param body the body of the packet
	 * @return the time, or null if the server did not send it
	 * @throws ProtocolException if the body is not of this form
	 */
	public static @Nullable Duration parseRetry(byte[] body) {
		if (HandshakeResponse.isCompressed(body)) {
			return null;
		}
		double seconds = Json.part(Json.read(body), "sys").path("retry").doubleValue(-1);
		return (seconds >= 0 && seconds <= MAX_RETRY_SECONDS) ? Duration.ofMillis((long) (seconds * 1000)) : null;
	}

	/**
	 * Writes the reply to a client that should try again, see {@link #parseRetry}.
	 * @param retry the time after which it should
	 * @return the body of the packet
	 */
	public static byte[] unavailable(Duration retry) {
		ObjectNode root = Json.object().put("code", 503).put("msg", "try again");
		root.set("sys", Json.object().put("retry", retry.toMillis() / 1000.0));
		return Json.write(root);
	}

	private static State state(ObjectNode resume) {
		return switch (resume.path("state").stringValue("")) {
			case "new" -> State.NEW;
			case "resumed" -> State.RESUMED;
			case "lost" -> State.LOST;
			default -> throw new ProtocolException(Reason.BAD_HANDSHAKE);
		};
	}

	/** Does not contain the token, which must not be logged. */
	@Override
	public String toString() {
		return "ResumeReply[state=" + state + ", received=" + received + "]";
	}

}
