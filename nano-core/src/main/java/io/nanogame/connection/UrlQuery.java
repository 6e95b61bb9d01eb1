package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.Mailbox;
import io.nanogame.lane.MailboxTask;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The query of the URL of a WebSocket. Kept as text, because its parameters would use
 * many times the memory, and parsed at each access. Thread-safe.
 */
public final class UrlQuery {

	/** The maximum number of parameters; further ones are ignored. */
	static final int MAX_PARAMETERS = 64;

	private volatile @Nullable String text;

	/**
	 * Creates a query.
	 * @param text the text after the question mark, not decoded; empty or null for none
	 */
	public UrlQuery(@Nullable String text) {
		this.text = (text == null || text.isEmpty()) ? null : text;
	}

	/**
	 * Extracts the query of a URL.
	 * @param url with or without scheme and host, not decoded
	 * @return its query, without the fragment
	 */
	public static UrlQuery of(String url) {
		int fragment = url.indexOf('#');
		int end = (fragment >= 0) ? fragment : url.length();
		int begin = url.indexOf('?') + 1;
		return new UrlQuery((begin > 0 && begin < end) ? url.substring(begin, end) : null);
	}

	/**
	 * Parses the parameters.
	 * @return names and values, decoded; at most 64; empty after {@link #release()}
	 * @throws IllegalArgumentException when the query cannot be decoded
	 */
	public Map<String, List<String>> parameters() {
		String current = this.text;
		return (current != null)
				? new QueryStringDecoder(current, StandardCharsets.UTF_8, false, MAX_PARAMETERS).parameters()
				: Map.of();
	}

	/**
	 * Returns whether the query can be decoded.
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

	/** Drops the text of the query. */
	void release() {
		this.text = null;
	}

	/**
	 * Drops the text of the query after all tasks that were submitted before, such as
	 * listeners that read it.
	 * @param mailbox the mailbox of the session
	 */
	void releaseAfterPending(Mailbox mailbox) {
		if (this.text != null) {
			mailbox.submit(new Release(), Mailbox.ANYWHERE);
		}
	}

	private final class Release extends MailboxTask {

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
