package io.nanogame.cluster.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The times at which sessions had a uid, as their gateways have reported them.
 */
final class LoginHistory implements LoginObserver {

	private final TimeSource time;

	private final Map<Session, List<Login>> logins = new LinkedHashMap<>();

	LoginHistory(TimeSource time) {
		this.time = time;
	}

	void observe(ModelNode gateway) {
		SessionRegistry.of(gateway.sessions).logins().addObserver(this);
	}

	@Override
	public void bound(Session session, String uid, boolean here) {
		this.logins.computeIfAbsent(session, (key) -> new ArrayList<>())
			.add(new Login(uid, this.time.nanoTime(), Long.MAX_VALUE));
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		List<Login> all = this.logins.get(session);
		Login last = all.remove(all.size() - 1);
		assertThat(last.uid()).isEqualTo(uid);
		all.add(new Login(uid, last.begin(), this.time.nanoTime()));
	}

	private List<Login> of(Session session) {
		return this.logins.getOrDefault(session, List.of());
	}

	/** Returns whether a session has a uid, or had it at this moment. */
	boolean has(Session session, String uid) {
		return of(session).stream().anyMatch((login) -> login.uid().equals(uid) && login.end() >= this.time.nanoTime());
	}

	/** Returns the sessions that had a uid before a time and still after another. */
	List<Session> throughout(String uid, long beginNanos, long endNanos) {
		return sessions((login) -> login.uid().equals(uid) && login.begin() < beginNanos && login.end() > endNanos);
	}

	/** Returns the sessions that have a uid. */
	List<Session> holders(String uid) {
		return sessions((login) -> login.uid().equals(uid) && login.end() == Long.MAX_VALUE);
	}

	private List<Session> sessions(Predicate<Login> some) {
		return this.logins.keySet().stream().filter((session) -> of(session).stream().anyMatch(some)).toList();
	}

	/** A session with a uid is closed only by a kick of it, or for one that wins. */
	void checkEnds() {
		this.logins.forEach((session, all) -> {
			CloseReason reason = session.closeReason();
			// A refused one has no uid, unless it had before the other one was known.
			if (reason != null && session.uid() != null) {
				checkEnd(session, all.get(all.size() - 1), reason);
			}
		});
	}

	private void checkEnd(Session session, Login last, CloseReason reason) {
		switch (reason.code()) {
			case "replaced" -> assertThat(rivals(session, last)).as("a newer session than %s", session)
				.anyMatch((rival) -> rival.millis() >= last.millis());
			case "already-logged-in" -> assertThat(rivals(session, last)).as("an older session than %s", session)
				.anyMatch((rival) -> rival.millis() <= last.millis());
			case "kick" -> assertThat(reason.message()).isEqualTo(last.uid());
			default -> assertThat(reason).isIn(CloseReason.CLIENT_CLOSED, CloseReason.SESSION_LOST);
		}
	}

	private List<Login> rivals(Session session, Login login) {
		return this.logins.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() != session)
			.map(Map.Entry::getValue)
			.flatMap(Collection::stream)
			.filter((other) -> other.uid().equals(login.uid()))
			.toList();
	}

	/**
	 * A time with a uid.
	 *
	 * @param begin in nanoseconds
	 * @param end in nanoseconds; {@code Long.MAX_VALUE} if it has not ended
	 */
	private record Login(String uid, long begin, long end) {

		long millis() {
			return this.begin / 1_000_000;
		}

	}

}
