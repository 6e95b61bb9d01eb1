package io.nanogame.cluster;

import java.util.function.LongPredicate;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.frame.BackendFrame;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.GatewayFrame;
import io.nanogame.cluster.frame.GroupFrame;
import io.nanogame.cluster.frame.LoginFrame;
import io.nanogame.cluster.frame.MemberFrame;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.cluster.frame.PresenceFrame;
import io.nanogame.cluster.frame.PushFrame;
import io.nanogame.cluster.frame.SessionFrame;
import io.nanogame.cluster.frame.UserFrame;
import io.nanogame.cluster.gateway.Router;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.push.ClusterPushes;
import io.nanogame.cluster.user.ClusterUsers;

/**
 * Passes each frame for this node to the part that it concerns.
 *
 * @param own recognises sessions of this node by their ids
 * @param router receives frames about sessions of this node
 * @param backend receives frames about sessions of other nodes
 * @param groups receives frames about groups
 * @param users receives frames about players
 * @param pushes receives acknowledgements of pushes
 * @param lost compares the state when messages are lost
 */
record FrameDispatcher(LongPredicate own, Router router, Backend backend, ClusterGroups groups, ClusterUsers users,
		ClusterPushes pushes, LostMessages lost) implements FrameReceiver {

	@Override
	public void endOfMessage() {
		this.backend.endOfMessage();
	}

	@Override
	public void receive(String from, Frame frame) {
		if (frame instanceof BackendFrame toBackend) {
			toBackend.deliver(from, this.backend);
		}
		else if (frame instanceof GatewayFrame toGateway) {
			toGateway.deliver(from, this.router);
		}
		else if (frame instanceof SessionFrame session) {
			boolean isOwn = this.own.test(session.session());
			session.deliver(from, isOwn ? this.router.sessionStates() : this.backend.sessionStates());
		}
		else if (frame instanceof GroupFrame group) {
			this.groups.receive(from, group);
		}
		else if (frame instanceof MemberFrame member) {
			this.groups.receive(from, member);
		}
		else if (frame instanceof PresenceFrame presence) {
			presence.deliver(from, this.groups.presence());
		}
		else if (frame instanceof UserFrame user) {
			user.deliver(from, this.users);
		}
		else if (frame instanceof LoginFrame login) {
			login.deliver(from, this.users.logins());
		}
		else if (frame instanceof PushFrame push) {
			push.deliver(from, this.pushes);
		}
		else if (frame instanceof PeerReconnected) {
			this.lost.compare(from);
		}
	}

}
