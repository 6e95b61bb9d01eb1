package io.nanogame.group;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.nanogame.group.GroupListener.Member;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The membership of one session; as a close action, it ends when the session is closed.
 * Changed under the lock that {@link Memberships} has for the session.
 */
final class Membership implements Consumer<Session> {

	private final Memberships all;

	private volatile MemberSession session;

	/** The key in the map. The session may represent another one later. */
	private long id;

	private long number;

	/** Whether broadcasts do not reach it. */
	private boolean held;

	/** Null if its loop has not been notified. */
	private @Nullable Runnable removal;

	private volatile boolean ended;

	Membership(Memberships all, MemberSession session, boolean isHeld) {
		this.all = all;
		this.session = session;
		this.held = isHeld;
	}

	long id() {
		return this.id;
	}

	/** Returns the position among the members. */
	long number() {
		return this.number;
	}

	MemberSession session() {
		return this.session;
	}

	/** Returns the session for the game; creates that of another server. */
	Session gameSession() {
		return this.session.get((created) -> Memberships.endWithSession(this, created));
	}

	Member member() {
		return new Member(this.session.id(), this.session.uid());
	}

	void begin(long key, long position, MembersByLoop loops) {
		this.id = key;
		this.number = position;
		add(loops);
	}

	/** Notifies the loop of the session. */
	private void add(MembersByLoop loops) {
		Session present = this.session.present();
		if (present != null && !this.held) {
			this.removal = loops.add(present);
		}
	}

	private void remove() {
		if (this.removal != null) {
			this.removal.run();
			this.removal = null;
		}
	}

	/** Broadcasts do not reach the member, which arrives from another server. */
	void hold(MemberSession arriving) {
		remove();
		this.held = true;
		this.session = arriving;
	}

	/** Broadcasts reach the member by its present connection. */
	void resume(MembersByLoop loops) {
		remove();
		this.held = false;
		add(loops);
	}

	/** The member is connected to another server now. */
	void moved(UnaryOperator<RemoteMember> next) {
		this.session = this.session.moved(next);
	}

	void end() {
		this.ended = true;
		remove();
	}

	boolean isEnded() {
		return this.ended;
	}

	@Override
	public void accept(Session closed) {
		this.all.end(this);
	}

}
