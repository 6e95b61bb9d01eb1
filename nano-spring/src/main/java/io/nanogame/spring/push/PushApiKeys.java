package io.nanogame.spring.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The keys of the push API, each of which is sufficient. Stored as hashes.
 */
public final class PushApiKeys {

	/** Enough to make random letters and digits impossible to guess. */
	private static final int MIN_LENGTH = 32;

	/** The syntax of a token after {@code Bearer}. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	private static final String SCHEME = "Bearer ";

	private final List<byte[]> hashes;

	/**
	 * Creates the set of keys.
	 * @param keys at least one key
	 * @throws InvalidPushApiKeyException when there is none, or one is too short or
	 * contains illegal characters
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

	/** Checks the key in a header. Takes the same time however many characters match. */
	boolean accept(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return false;
		}
		byte[] presented = hash(authorization.substring(SCHEME.length()).strip());
		boolean accepted = false;
		for (byte[] hash : this.hashes) {
			accepted |= MessageDigest.isEqual(hash, presented);
		}
		return accepted;
	}

}
