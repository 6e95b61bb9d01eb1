package io.nanogame.cluster;

import io.nanogame.cluster.frame.BackendFrame;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.GatewayFrame;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.GroupFrame;
import io.nanogame.cluster.frame.HandoverFrame;
import io.nanogame.cluster.frame.LeaveFrame;
import io.nanogame.cluster.frame.LoginFrame;
import io.nanogame.cluster.frame.MemberFrame;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.cluster.frame.PresenceFrame;
import io.nanogame.cluster.frame.PushFrame;
import io.nanogame.cluster.frame.SessionFrame;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.frame.UserFrame;

/**
 * Passes each frame for this node to the part that it concerns.
 *
 * @param parts the parts of the node
 */
record FrameDispatcher(ClusterParts parts) implements FrameReceiver {

	@Override
	public void endOfMessage() {
		this.parts.backend.endOfMessage();
	}

	@Override
	public void receive(String from, Frame frame) {
		if (frame instanceof BackendFrame toBackend) {
			toBackend.deliver(from, this.parts.backend);
		}
		else if (frame instanceof StateChange change && isElsewhere(change.session())) {
			this.parts.backend.moves().passOn(from, change);
		}
		else if (frame instanceof GatewayFrame toGateway) {
			toGateway.deliver(from, this.parts.router);
		}
		else if (frame instanceof SessionFrame session) {
			deliver(from, session);
		}
		else if (frame instanceof GroupFrame group) {
			this.parts.groups.receive(from, group);
		}
		else if (frame instanceof MemberFrame member) {
			this.parts.groups.receive(from, member);
		}
		else {
			receiveOther(from, frame);
		}
	}

	private void deliver(String from, SessionFrame frame) {
		long session = frame.session();
		if (this.parts.own.test(session)) {
			frame.deliver(from, this.parts.router.sessionStates());
		}
		else if (!(frame instanceof SessionProbe) || !this.parts.moves.isMoving(session)) {
			// While it moves, both gateways have a copy, and would probe each other for
			// ever.
			frame.deliver(from, this.parts.backend.sessionStates());
		}
	}

	/** Returns whether another node owns a session, and it does not move here. */
	private boolean isElsewhere(long session) {
		return !this.parts.own.test(session) && !this.parts.moves.isMoving(session);
	}

	private void receiveOther(String from, Frame frame) {
		if (frame instanceof PresenceFrame presence) {
			presence.deliver(from, this.parts.groups.presence());
		}
		else if (frame instanceof UserFrame user) {
			user.deliver(from, this.parts.users);
		}
		else if (frame instanceof LoginFrame login) {
			login.deliver(from, this.parts.users.logins());
		}
		else if (frame instanceof PushFrame push) {
			push.deliver(from, this.parts.pushes);
		}
		else if (frame instanceof HandoverFrame moved) {
			moved.deliver(from, this.parts.handover);
		}
		else if (frame instanceof LeaveFrame leave) {
			leave.deliver(from, this.parts.leaving);
		}
		else if (frame instanceof PeerReconnected) {
			this.parts.lost.compare(from);
		}
	}

}
