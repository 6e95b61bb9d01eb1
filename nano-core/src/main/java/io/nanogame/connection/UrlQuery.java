package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.Mailbox;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The query of the URL that a WebSocket was opened with. Kept as it came, because its
 * parameters take many times as much memory as its text, and parsed each time it is asked
 * for. Any thread.
 */
public final class UrlQuery {

	/** Parameters behind these are left out. */
	static final int MAX_PARAMETERS = 64;

	private volatile @Nullable String text;

	/**
	 * A query.
	 * @param text what stands behind the question mark, not decoded; empty or null for
	 * none
	 */
	public UrlQuery(@Nullable String text) {
		this.text = (text == null || text.isEmpty()) ? null : text;
	}

	/**
	 * Cuts the query out of a URL.
	 * @param url with or without scheme and host, not decoded
	 * @return its query, without what stands behind a {@code #}
	 */
	public static UrlQuery of(String url) {
		int fragment = url.indexOf('#');
		int end = (fragment >= 0) ? fragment : url.length();
		int begin = url.indexOf('?') + 1;
		return new UrlQuery((begin > 0 && begin < end) ? url.substring(begin, end) : null);
	}

	/**
	 * Parses the parameters.
	 * @return names and values, decoded; at most 64 of them; empty once the query was
	 * {@link #release released}
	 * @throws IllegalArgumentException when something in it cannot be decoded
	 */
	public Map<String, List<String>> parameters() {
		String present = this.text;
		return (present != null)
				? new QueryStringDecoder(present, StandardCharsets.UTF_8, false, MAX_PARAMETERS).parameters()
				: Map.of();
	}

	/**
	 * Whether the query can be decoded.
	 * @return false when {@link #parameters()} would throw
	 */
	public boolean isReadable() {
		try {
			parameters();
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Forgets the query. */
	void release() {
		this.text = null;
	}

	/**
	 * Forgets the query when everything is done that was submitted before.
	 * @param mailbox of the session; its listeners may still read the query
	 */
	void releaseBehind(Mailbox mailbox) {
		if (this.text != null) {
			mailbox.submit(new Release(), Mailbox.ANYWHERE);
		}
	}

	private final class Release extends Mailbox.Task {

		@Override
		protected Executor executor() {
			return Mailbox.ANYWHERE;
		}

		@Override
		protected boolean run() {
			release();
			return true;
		}

		@Override
		protected boolean rejected(RejectedExecutionException ex) {
			release();
			return true;
		}

	}

}
