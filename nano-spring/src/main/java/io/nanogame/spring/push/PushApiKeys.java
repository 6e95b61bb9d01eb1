package io.nanogame.spring.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The keys that open the push API; each will do. Kept as their hashes.
 */
public final class PushApiKeys {

	/** Of random letters and digits far more than can be guessed. */
	private static final int MIN_LENGTH = 32;

	/** What may stand behind {@code Bearer}. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	private static final String SCHEME = "Bearer ";

	private final List<byte[]> hashes;

	/**
	 * Some keys.
	 * @param keys at least one
	 * @throws InvalidPushApiKeyException when there is none, or one is too short or has
	 * signs that cannot travel
	 */
	public PushApiKeys(Collection<String> keys) {
		if (keys.isEmpty()) {
			throw new InvalidPushApiKeyException("The push API has no key");
		}
		keys.forEach(PushApiKeys::check);
		this.hashes = keys.stream().map(PushApiKeys::hash).toList();
	}

	private static void check(String key) {
		if (key.length() < MIN_LENGTH) {
			throw new InvalidPushApiKeyException("A key of the push API has %d characters, fewer than the %d it needs"
				.formatted(key.length(), MIN_LENGTH));
		}
		if (!TOKEN.matcher(key).matches()) {
			throw new InvalidPushApiKeyException("A key of the push API has characters that no HTTP client can send:"
					+ " it may have letters, digits and any of -._~+/, and end in =");
		}
	}

	private static byte[] hash(String key) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	/** Takes the same time however much of a key is right. */
	boolean open(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return false;
		}
		byte[] shown = hash(authorization.substring(SCHEME.length()).strip());
		boolean opens = false;
		for (byte[] hash : this.hashes) {
			opens |= MessageDigest.isEqual(hash, shown);
		}
		return opens;
	}

}
