package io.nanogame.transport;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a WebSocket to this server. Browsers say where a page is from;
 * other clients say nothing and are let in, because they could say anything.
 */
public final class OriginPolicy {

	private final boolean all;

	private final Set<String> allowed;

	/**
	 * A policy.
	 * @param allowed origins such as {@code https://game.example}, besides the host
	 * itself; {@code *} for all
	 */
	public OriginPolicy(List<String> allowed) {
		this.all = allowed.contains("*");
		this.allowed = allowed.stream()
			.map((origin) -> origin.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Whether a page may connect.
	 * @param origin the Origin header, or null
	 * @param host the Host header, or null
	 * @return true when it may
	 */
	public boolean allows(@Nullable String origin, @Nullable String host) {
		if (this.all || origin == null) {
			return true;
		}
		String from = origin.toLowerCase(Locale.ROOT);
		return this.allowed.contains(from) || (host != null && isHost(from, host.toLowerCase(Locale.ROOT)));
	}

	private static boolean isHost(String origin, String host) {
		int scheme = origin.indexOf("://");
		return scheme > 0 && origin.substring(scheme + 3).equals(host);
	}

}
