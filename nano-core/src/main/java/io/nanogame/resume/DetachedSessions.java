package io.nanogame.resume;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions without a connection, in the order in which their connections were cut.
 * Closes the first ones while there are too many. Thread-safe.
 */
final class DetachedSessions {

	private static final Logger log = LoggerFactory.getLogger(DetachedSessions.class);

	private final ResumeSettings settings;

	private final LongAdder totalBytes;

	private final AtomicLong tickets = new AtomicLong();

	private final ConcurrentNavigableMap<Long, Session> byTicket = new ConcurrentSkipListMap<>();

	private final AtomicInteger count = new AtomicInteger();

	/** The closed sessions whose bytes are not released yet. */
	private final Set<Session> evicting = ConcurrentHashMap.newKeySet();

	private final LongAdder evicted;

	DetachedSessions(ResumeSettings settings, LongAdder totalBytes, LongAdder evicted) {
		this.settings = settings;
		this.totalBytes = totalBytes;
		this.evicted = evicted;
	}

	/** Adds a session. Returns the ticket to remove it with. */
	long add(Session session) {
		long ticket = this.tickets.incrementAndGet();
		this.byTicket.put(ticket, session);
		this.count.incrementAndGet();
		limit();
		return ticket;
	}

	/** Returns false if the session is not one of these, or is about to be closed. */
	boolean remove(long ticket) {
		boolean removed = this.byTicket.remove(ticket) != null;
		if (removed) {
			this.count.decrementAndGet();
		}
		return removed;
	}

	/**
	 * Closes the first sessions while the limits are exceeded. Their loops release the
	 * bytes later, so the next one is closed for its bytes only after that.
	 */
	void limit() {
		while (this.count.get() > this.settings.maxSessions()
				|| this.evicting.isEmpty() && this.totalBytes.sum() > this.settings.maxTotalBytes()) {
			Map.Entry<Long, Session> first = this.byTicket.pollFirstEntry();
			if (first == null) {
				return;
			}
			this.count.decrementAndGet();
			evict(first.getValue());
		}
	}

	private void evict(Session session) {
		if (SessionHandle.isLeft(session)) {
			// Its client is about to continue another one.
			return;
		}
		this.evicted.increment();
		log.debug("A session without a connection is closed, because there are too many: {}", session.id());
		this.evicting.add(session);
		session.close(CloseReason.RESUME_LIMIT);
		if (session.closeReason() != CloseReason.RESUME_LIMIT) {
			// It was closed before, and may have released its bytes already.
			released(session);
		}
	}

	/** Called when a session has released its bytes, because it has ended. */
	void released(Session session) {
		this.evicting.remove(session);
	}

	Collection<Session> all() {
		return Collections.unmodifiableCollection(this.byTicket.values());
	}

	int count() {
		return this.count.get();
	}

}
