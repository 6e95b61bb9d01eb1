package io.nanogame.net;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.nanogame.session.UpgradeRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides which pages may open a WebSocket to this server. Browsers send the origin of
 * the page. Other clients send none and are accepted, because they could send any.
 * Origins are compared by scheme, host and port, not as text. Thread-safe.
 */
public final class OriginPolicy {

	/** Allows pages of this host only. */
	public static final OriginPolicy SAME_HOST = new OriginPolicy(List.of());

	private static final Logger log = LoggerFactory.getLogger(OriginPolicy.class);

	private final boolean all;

	private final Set<WebOrigin> allowed;

	/** Values that do not name a host, such as {@code null}, in lower case. */
	private final Set<String> allowedTexts;

	private final List<OriginFilter> filters;

	/** Whether a failure has been logged, which any page may cause. */
	private final AtomicBoolean failureLogged = new AtomicBoolean();

	/**
	 * Creates a policy without filters.
	 * @param allowed origins such as {@code https://game.example}, in addition to those
	 * of this host; {@code *} for all
	 */
	public OriginPolicy(List<String> allowed) {
		this(allowed, List.of());
	}

	/**
	 * Creates a policy.
	 * @param allowed origins such as {@code https://game.example}, in addition to those
	 * of this host; {@code *} for all
	 * @param filters may allow other origins
	 */
	public OriginPolicy(List<String> allowed, List<? extends OriginFilter> filters) {
		this.filters = List.copyOf(filters);
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
	 * @param request creates the request for the filters
	 * @return true when it may
	 */
	public boolean allows(@Nullable String origin, @Nullable String host, Supplier<UpgradeRequest> request) {
		return origin == null || isListed(origin, host) || !this.filters.isEmpty() && isAllowed(origin, request.get());
	}

	private boolean isAllowed(String origin, UpgradeRequest request) {
		try {
			return this.filters.stream().anyMatch((filter) -> filter.allows(origin, request));
		}
		catch (Throwable ex) {
			log.atLevel(this.failureLogged.getAndSet(true) ? Level.DEBUG : Level.ERROR)
				.setCause(ex)
				.log("A filter of origins failed, so that a page is rejected. Further failures are logged at DEBUG");
			return false;
		}
	}

	private boolean isListed(String origin, @Nullable String host) {
		if (this.all) {
			return true;
		}
		WebOrigin page = WebOrigin.parse(origin);
		if (page == null) {
			return this.allowedTexts.contains(origin.toLowerCase(Locale.ROOT));
		}
		return this.allowed.contains(page) || (host != null && page.isOf(host));
	}

}
