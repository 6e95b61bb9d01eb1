package io.nanogame.resume;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The proof that a client owns a session: the id of the session and 128 random bits, as
 * 32 characters of base64url. Never logged.
 *
 * @param session the id of the session
 * @param high the first half of the random bits
 * @param low the second half
 */
public record ResumeToken(long session, long high, long low) {

	private static final int LENGTH = 3 * Long.BYTES;

	private static final int TEXT_LENGTH = 32;

	static ResumeToken random(long session, RandomGenerator random) {
		return new ResumeToken(session, random.nextLong(), random.nextLong());
	}

	/**
	 * Returns what stands for a token where a session is claimed without one.
	 * @param session the id of the session
	 * @return a token that no session accepts
	 */
	public static ResumeToken none(long session) {
		return new ResumeToken(session, 0, 0);
	}

	/**
	 * Parses a token.
	 * @param text any text of a client
	 * @return the token, or null if the text is none
	 */
	public static @Nullable ResumeToken parse(String text) {
		if (text.length() != TEXT_LENGTH) {
			return null;
		}
		try {
			ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
			return (bytes.remaining() == LENGTH) ? new ResumeToken(bytes.getLong(), bytes.getLong(), bytes.getLong())
					: null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Returns the text for the client.
	 * @return 32 characters of base64url
	 */
	public String text() {
		byte[] bytes = ByteBuffer.allocate(LENGTH).putLong(this.session).putLong(this.high).putLong(this.low).array();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** Compares in a time that does not depend on the bits. */
	boolean isSame(ResumeToken other) {
		return ((this.session ^ other.session) | (this.high ^ other.high) | (this.low ^ other.low)) == 0;
	}

	/** Does not contain the random bits. */
	@Override
	public String toString() {
		return "ResumeToken[session=" + this.session + "]";
	}

}
