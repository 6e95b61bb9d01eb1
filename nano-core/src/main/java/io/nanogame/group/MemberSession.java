package io.nanogame.group;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The session of a member. That of a member of another server is created when the game
 * asks for it. Thread-safe.
 */
final class MemberSession {

	/** Null for a member of another server until the game asks for its session. */
	private volatile @Nullable Session session;

	/** Null for a session of this server. */
	private final @Nullable RemoteMember remote;

	/** The same member on another server; null until it moves. Guarded by this. */
	private @Nullable MemberSession next;

	/** One of both is not null. */
	MemberSession(@Nullable Session session, @Nullable RemoteMember remote) {
		this.session = session;
		this.remote = remote;
	}

	long id() {
		return (this.remote != null) ? this.remote.id() : Objects.requireNonNull(this.session).id();
	}

	@Nullable String uid() {
		Session present = this.session;
		return (present != null) ? present.uid() : Objects.requireNonNull(this.remote).uid();
	}

	/**
	 * Returns the same member on another server. If its session is created meanwhile, it
	 * is that of both.
	 */
	MemberSession moved(UnaryOperator<RemoteMember> change) {
		if (this.remote == null) {
			return this;
		}
		RemoteMember moved = change.apply(this.remote);
		synchronized (this) {
			MemberSession member = new MemberSession(this.session, moved);
			this.next = member;
			return member;
		}
	}

	/** Returns the session; null if it is not created. */
	@Nullable Session present() {
		return this.session;
	}

	/**
	 * Returns the server of the member: always the same, also while its session is
	 * created.
	 * @param serverOf returns the server of a session
	 */
	@Nullable String server(Function<Session, @Nullable String> serverOf) {
		return (this.remote != null) ? this.remote.server() : serverOf.apply(Objects.requireNonNull(this.session));
	}

	/**
	 * Returns the session.
	 * @param created receives it once, if it is created
	 */
	Session get(Consumer<Session> created) {
		Session present = this.session;
		return (present != null) ? present : create(created);
	}

	private Session create(Consumer<Session> created) {
		Session own = Objects.requireNonNull(this.remote).session();
		MemberSession moved;
		synchronized (this) {
			Session present = this.session;
			if (present != null) {
				return present;
			}
			moved = this.next;
			if (moved == null) {
				this.session = own;
			}
		}
		if (moved != null) {
			return moved.get(created);
		}
		created.accept(own);
		return own;
	}

}
