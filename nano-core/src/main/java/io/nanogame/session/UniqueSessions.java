package io.nanogame.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Lets each player have one session: who binds to a uid last keeps it, the session before
 * is kicked. Of two that bind at the same moment one stays, always.
 * <p>
 * Each binding makes a claim, with a number that grows; the claim with the greater number
 * wins, wherever the two meet. In a cluster claims travel: a node that hears of one which
 * is older than its own says its own again, so that every loser hears of a winner. Any
 * thread.
 */
public final class UniqueSessions implements SessionListener {

	private final Map<String, Holder> holders = new ConcurrentHashMap<>();

	private final LongSupplier stamps;

	private final Predicate<Session> ours;

	private final Consumer<Claim> announce;

	/**
	 * Unique sessions.
	 * @param stamps gives numbers that grow
	 * @param ours whether a session's client is connected to this server
	 * @param announce tells other servers
	 */
	public UniqueSessions(LongSupplier stamps, Predicate<Session> ours, Consumer<Claim> announce) {
		this.stamps = stamps;
		this.ours = ours;
		this.announce = announce;
	}

	@Override
	public void bound(Session session) {
		String uid = session.uid();
		if (uid == null || !this.ours.test(session)) {
			return;
		}
		Holder holder = new Holder(new Claim(uid, this.stamps.getAsLong(), session.id()), session);
		AtomicReference<@Nullable Session> loser = new AtomicReference<>();
		this.holders.compute(uid, (key, present) -> {
			if (present != null && present.claim.isNewerThan(holder.claim)) {
				loser.set(session);
				return present;
			}
			loser.set((present != null) ? present.session : null);
			return holder;
		});
		session.addCloseAction((closed) -> this.holders.remove(uid, holder));
		replace(loser.get());
		if (loser.get() != session) {
			this.announce.accept(holder.claim);
		}
	}

	/**
	 * Another server says who has a uid.
	 * @param claim what it says
	 */
	public void heard(Claim claim) {
		AtomicReference<@Nullable Holder> loser = new AtomicReference<>();
		Holder left = this.holders.computeIfPresent(claim.uid(), (uid, present) -> {
			if (present.claim.isNewerThan(claim)) {
				return present;
			}
			loser.set(present);
			return null;
		});
		Holder lost = loser.get();
		if (lost != null) {
			replace(lost.session);
		}
		else if (left != null) {
			this.announce.accept(left.claim);
		}
	}

	/** Says all claims again, because some may not have been heard. */
	public void repeat() {
		this.holders.values().forEach((holder) -> this.announce.accept(holder.claim));
	}

	/**
	 * Says the claim to a uid again, if there is one.
	 * @param uid the uid
	 */
	public void repeat(String uid) {
		Holder holder = this.holders.get(uid);
		if (holder != null) {
			this.announce.accept(holder.claim);
		}
	}

	private static void replace(@Nullable Session loser) {
		if (loser != null) {
			loser.close(CloseReason.REPLACED);
		}
	}

	private record Holder(Claim claim, Session session) {
	}

	/**
	 * Somebody has a uid.
	 *
	 * @param uid the uid
	 * @param stamp grows with time
	 * @param session the id of the session; settles it between claims of one stamp
	 */
	public record Claim(String uid, long stamp, long session) {

		boolean isNewerThan(Claim other) {
			return (this.stamp != other.stamp) ? this.stamp > other.stamp : this.session > other.session;
		}

	}

}
