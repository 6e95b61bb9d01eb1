package io.nanogame.cluster.group;

import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.group.RemoteMember;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A member on another node, without a session on this one.
 *
 * @param host creates its session
 * @param server the gateway of its client
 * @param member its state, as the gateway has reported it
 */
record LightMember(GroupHost host, String server, MemberSnapshot member) implements RemoteMember {

	/** Returns the same member on another node. */
	LightMember on(String other) {
		return new LightMember(this.host, other, this.member);
	}

	@Override
	public long id() {
		return this.member.session();
	}

	@Override
	public @Nullable String uid() {
		return this.member.uid();
	}

	@Override
	public Session session() {
		return this.host.recipients().of(this.server, this.member);
	}

}
