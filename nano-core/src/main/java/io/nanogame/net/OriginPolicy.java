package io.nanogame.net;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may open a WebSocket to this server. Browsers send the origin of
 * the page. Other clients send none and are accepted, because they could send any.
 * Origins are compared by scheme, host and port, not as text. Thread-safe.
 */
public final class OriginPolicy {

	private final boolean all;

	private final Set<WebOrigin> allowed;

	/** Values that do not name a host, such as {@code null}, in lower case. */
	private final Set<String> allowedTexts;

	/**
	 * Creates a policy.
	 * @param allowed origins such as {@code https://game.example}, in addition to those
	 * of this host; {@code *} for all
	 */
	public OriginPolicy(List<String> allowed) {
		this.all = allowed.contains("*");
		this.allowed = allowed.stream()
			.map(WebOrigin::parse)
			.filter(Objects::nonNull)
			.collect(Collectors.toUnmodifiableSet());
		this.allowedTexts = allowed.stream()
			.filter((origin) -> WebOrigin.parse(origin) == null)
			.map((origin) -> origin.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns whether a page may connect.
	 * @param origin the Origin header, or null
	 * @param host the Host header, or null
	 * @return true when it may
	 */
	public boolean allows(@Nullable String origin, @Nullable String host) {
		if (this.all || origin == null) {
			return true;
		}
		WebOrigin page = WebOrigin.parse(origin);
		if (page == null) {
			return this.allowedTexts.contains(origin.toLowerCase(Locale.ROOT));
		}
		return this.allowed.contains(page) || (host != null && page.isOf(host));
	}

}
