package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import io.nanogame.cluster.frame.BackendFrame.DoneQuery;
import io.nanogame.cluster.frame.BackendFrame.ForwardedMessage;
import io.nanogame.cluster.frame.BackendFrame.SessionOwner;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.BackendFrame.StateChanged;
import io.nanogame.cluster.frame.ClaimFrame.SessionCommit;
import io.nanogame.cluster.frame.ClaimFrame.SessionDenied;
import io.nanogame.cluster.frame.ClaimFrame.SessionOffered;
import io.nanogame.cluster.frame.ClaimFrame.SessionNotArrived;
import io.nanogame.cluster.frame.ClaimFrame.SessionPart;
import io.nanogame.cluster.frame.ClaimFrame.SessionWanted;
import io.nanogame.cluster.frame.GatewayFrame.MessageDone;
import io.nanogame.cluster.frame.GatewayFrame.MessageFate;
import io.nanogame.cluster.frame.GatewayFrame.Multicast;
import io.nanogame.cluster.frame.GatewayFrame.Push;
import io.nanogame.cluster.frame.GatewayFrame.Reply;
import io.nanogame.cluster.frame.GatewayFrame.SessionUnknown;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.GroupFrame.GroupClosed;
import io.nanogame.cluster.frame.GroupFrame.GroupExpiry;
import io.nanogame.cluster.frame.GroupFrame.GroupOrderApplied;
import io.nanogame.cluster.frame.GroupFrame.GroupPush;
import io.nanogame.cluster.frame.GroupFrame.GroupRenewed;
import io.nanogame.cluster.frame.LeaveFrame.LeaveQuery;
import io.nanogame.cluster.frame.LeaveFrame.LeaveReply;
import io.nanogame.cluster.frame.LoginFrame.LoginPage;
import io.nanogame.cluster.frame.LoginFrame.LoginsQuery;
import io.nanogame.cluster.frame.MemberFrame.MemberJoined;
import io.nanogame.cluster.frame.MemberFrame.MemberLeft;
import io.nanogame.cluster.frame.MemberFrame.MemberList;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.MembersQuery;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;
import io.nanogame.cluster.frame.MoveFrame.MoveOver;
import io.nanogame.cluster.frame.MoveFrame.PassedOn;
import io.nanogame.cluster.frame.MoveFrame.PathEnd;
import io.nanogame.cluster.frame.MoveFrame.PathEnded;
import io.nanogame.cluster.frame.MoveFrame.SessionMoved;
import io.nanogame.cluster.frame.PresenceFrame.PresenceNumbers;
import io.nanogame.cluster.frame.PresenceFrame.PresenceOffer;
import io.nanogame.cluster.frame.PresenceFrame.PresenceQuery;
import io.nanogame.cluster.frame.PushFrame.AudiencePush;
import io.nanogame.cluster.frame.PushFrame.PushAcknowledged;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.frame.UserFrame.SessionsQuery;
import io.nanogame.cluster.frame.UserFrame.SessionsReply;
import io.nanogame.cluster.frame.UserFrame.UserKick;
import io.nanogame.cluster.frame.UserFrame.UserPush;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames by the codes of their types. Thread-safe.
 */
public final class FrameCodec {

	private static final int CODES = 65;

	private final @Nullable Reader[] readers = new @Nullable Reader[CODES];

	/**
	 * Creates a codec.
	 * @param payloads decode the values of attributes, when the game reads them
	 */
	public FrameCodec(Payloads payloads) {
		AttributeCodec attributes = new AttributeCodec(payloads);
		this.readers[SessionOwner.CODE] = SessionOwner::read;
		this.readers[SessionSnapshot.CODE] = (in) -> SessionSnapshot.read(in, attributes);
		this.readers[StateChanged.CODE] = (in) -> StateChanged.read(in, attributes);
		this.readers[ForwardedMessage.CODE] = ForwardedMessage::read;
		this.readers[DoneQuery.CODE] = DoneQuery::read;
		this.readers[Reply.CODE] = Reply::read;
		this.readers[StateChange.CODE] = (in) -> StateChange.read(in, attributes);
		this.readers[Push.CODE] = Push::read;
		this.readers[Multicast.CODE] = Multicast::read;
		this.readers[MessageDone.CODE] = MessageDone::read;
		this.readers[MessageFate.CODE] = MessageFate::read;
		this.readers[SessionUnknown.CODE] = SessionUnknown::read;
		this.readers[SessionClosed.CODE] = SessionClosed::read;
		this.readers[SessionProbe.CODE] = SessionProbe::read;
		addGroups(attributes);
		addHandover();
		this.readers[UserPush.CODE] = UserPush::read;
		this.readers[UserKick.CODE] = UserKick::read;
		this.readers[SessionsQuery.CODE] = SessionsQuery::read;
		this.readers[SessionsReply.CODE] = SessionsReply::read;
		this.readers[LoginClaimed.CODE] = LoginClaimed::read;
		this.readers[LoginPage.CODE] = LoginPage::read;
		this.readers[LoginsQuery.CODE] = LoginsQuery::read;
		this.readers[AudiencePush.CODE] = AudiencePush::read;
		this.readers[PushAcknowledged.CODE] = PushAcknowledged::read;
		this.readers[PeerReconnected.CODE] = PeerReconnected::read;
		this.readers[MessagesReceived.CODE] = MessagesReceived::read;
	}

	private void addHandover() {
		this.readers[SessionWanted.CODE] = SessionWanted::read;
		this.readers[SessionDenied.CODE] = SessionDenied::read;
		this.readers[SessionOffered.CODE] = SessionOffered::read;
		this.readers[SessionCommit.CODE] = SessionCommit::read;
		this.readers[SessionPart.CODE] = SessionPart::read;
		this.readers[SessionParked.CODE] = SessionParked::read;
		this.readers[SessionNotArrived.CODE] = SessionNotArrived::read;
		this.readers[SessionMoved.CODE] = SessionMoved::read;
		this.readers[PathEnd.CODE] = PathEnd::read;
		this.readers[PathEnded.CODE] = PathEnded::read;
		this.readers[MoveOver.CODE] = MoveOver::read;
		this.readers[PassedOn.CODE] = PassedOn::read;
		this.readers[LeaveQuery.CODE] = LeaveQuery::read;
		this.readers[LeaveReply.CODE] = LeaveReply::read;
	}

	private void addGroups(AttributeCodec attributes) {
		this.readers[MemberOrder.CODE] = MemberOrder::read;
		this.readers[GroupPush.CODE] = GroupPush::read;
		this.readers[MemberJoined.CODE] = (in) -> MemberJoined.read(in, attributes);
		this.readers[MemberLeft.CODE] = MemberLeft::read;
		this.readers[MembersQuery.CODE] = MembersQuery::read;
		this.readers[MemberList.CODE] = (in) -> MemberList.read(in, attributes);
		this.readers[OrderApplied.CODE] = OrderApplied::read;
		this.readers[PresenceOffer.CODE] = PresenceOffer::read;
		this.readers[PresenceQuery.CODE] = PresenceQuery::read;
		this.readers[PresenceNumbers.CODE] = PresenceNumbers::read;
		this.readers[GroupClosed.CODE] = GroupClosed::read;
		this.readers[GroupExpiry.CODE] = GroupExpiry::read;
		this.readers[GroupRenewed.CODE] = GroupRenewed::read;
		this.readers[GroupOrderApplied.CODE] = GroupOrderApplied::read;
	}

	/**
	 * Reads a frame.
	 * @param in contains the frame, up to its limit
	 * @return the frame, or null if its type belongs to a later version
	 * @throws FrameException if the frame is malformed
	 */
	public @Nullable Frame read(CodedInputStream in) {
		try {
			int code = in.readUInt32();
			Reader reader = (code > 0 && code < CODES) ? this.readers[code] : null;
			return (reader != null) ? reader.read(in) : null;
		}
		catch (IOException | ProtocolException ex) {
			throw new FrameException("Not a frame of this cluster: " + ex.getMessage(), ex);
		}
	}

	@FunctionalInterface
	private interface Reader {

		Frame read(CodedInputStream in) throws IOException;

	}

}
