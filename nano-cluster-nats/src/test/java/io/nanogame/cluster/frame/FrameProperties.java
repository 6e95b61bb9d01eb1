package io.nanogame.cluster.frame;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.frame.BackendFrame.DoneQuery;
import io.nanogame.cluster.frame.BackendFrame.ForwardedMessage;
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
import io.nanogame.cluster.frame.MemberFrame.MemberList;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;
import io.nanogame.cluster.frame.MoveFrame.MoveOver;
import io.nanogame.cluster.frame.MoveFrame.PassedOn;
import io.nanogame.cluster.frame.MoveFrame.PathEnd;
import io.nanogame.cluster.frame.MoveFrame.PathEnded;
import io.nanogame.cluster.frame.MoveFrame.SessionMoved;
import io.nanogame.cluster.frame.PresenceFrame.PresenceNumbers;
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
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.group.Audience;
import io.nanogame.resume.ResumeToken;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.EncodedAttribute;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node reads the frames that another has written, and fails with a
 * {@link FrameException} for all other bytes.
 */
class FrameProperties {

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final long MAX = (1L << 53) - 1;

	private final FrameCodec codec = new FrameCodec(PAYLOADS);

	private final AttributeCodec attributes = new AttributeCodec(PAYLOADS);

	private Frame read(byte[] bytes) {
		Frame frame = this.codec.read(CodedInputStream.newInstance(bytes));
		assertThat(frame).isNotNull();
		return frame;
	}

	private void expectSame(Frame frame) {
		Frame read = read(frame.toBytes());
		assertThat(read).hasSameClassAs(frame).usingRecursiveComparison().isEqualTo(frame);
	}

	@Property(tries = 300)
	void framesAreReadAsTheyWereWritten(@ForAll @LongRange(min = 1, max = MAX) long session,
			@ForAll @LongRange(min = 1, max = MAX) long sequence, @ForAll boolean flag, @ForAll String text,
			@ForAll byte[] body, @ForAll @Size(max = 20) List<@LongRange(min = 1, max = MAX) Long> ids) {
		Map<String, String> headers = flag ? Map.of() : Map.of(text, text + "é");
		long[] sessions = ids.stream().mapToLong(Long::longValue).toArray();
		expectSame(new ForwardedMessage(session, sequence, flag, headers, text, body, session));
		expectSame(new DoneQuery(session, sequence));
		expectSame(new Reply(session, sequence, flag, body));
		expectSame(new Push(session, text, body, text));
		expectSame(new Multicast(sessions, text, body, text));
		expectSame(new MessageDone(session, sequence));
		expectSame(new MessageFate(session, sequence, true));
		expectSame(new SessionUnknown(session, sequence));
		expectSame(new StateChanged(session, sequence, sequence, new StateProperty.RouteBinding("room", text)));
		expectSame(new PeerReconnected());
		expectSame(new LeaveQuery(session));
		expectSame(new LeaveReply(sequence));
		Login login = new Login(text, Login.Trust.REMEMBERED, Set.of("ROLE_USER"));
		expectSame(new SessionProbe(session, sequence, session));
		expectSame(new StateChanged(session, sequence, sequence, new StateProperty.Attribute(text, text)));
		expectSame(new StateChange(session, new ChangeNumber(session, sequence), new StateProperty.Principal(login)));
		expectSame(new SessionClosed(session, new CloseReason("kick", text, flag)));
		expectSame(new StateChange(session, ChangeNumber.NONE, new StateProperty.Uid(null)));
		CloseOrder close = new CloseOrder(sequence, Duration.ofMillis(session));
		expectSame(new MemberOrder(session, text, flag, sequence, sequence, close));
		expectSame(new OrderApplied(session, text, flag, sequence));
		expectSame(new PresenceQuery(flag, List.of(new GroupNumber(text, sequence))));
		expectSame(new PresenceNumbers(List.of(new GroupNumber(text, sequence))));
		expectSame(new MemberList(text, sequence, 0, session,
				List.of(new MemberSnapshot(session, null, Map.of("name", text), text))));
		OtherForms forms = new OtherForms(List.of(new WrittenForm(text, body)), new HashSet<>(List.of("", text)));
		expectSame(new GroupPush(text, "onNews", body, Set.of("b"),
				new EarlierOrders(List.of(new MemberOrder(session, text, flag, sequence, 1, CloseOrder.NONE)), close),
				forms, sequence));
		expectSame(new GroupClosed(text, close, session));
		GroupOrder place = new GroupOrder(sequence, session, close, Duration.ofMillis(session));
		expectSame(new GroupExpiry(text, Duration.ofMillis(sequence), place));
		expectSame(new GroupRenewed(text, place));
		expectSame(new GroupOrderApplied(text, sequence));
		Set<String> except = Set.of("gate-1");
		expectSame(new UserPush(text, "onNews", body, except, forms, sequence));
		expectSame(new UserKick(text, "enough", except));
		expectSame(new SessionsQuery(sequence, text));
		expectSame(new SessionsReply(sequence, sessions));
		expectSame(new LoginClaimed(text, sequence, session));
		expectSame(new LoginPage(sequence, session, sequence, List.of(new LoginClaimed(text, sequence, session))));
		expectSame(new LoginsQuery(sequence, session));
		for (Audience audience : List.of(new Audience.Players(Set.of(text)), new Audience.GroupMembers(text),
				new Audience.Everybody())) {
			expectSame(new AudiencePush(sequence, audience, "onNews", body, forms));
		}
		expectSame(new PushAcknowledged(sequence, flag));
	}

	@Property(tries = 300)
	void framesOfMovesAreReadAsTheyWereWritten(@ForAll @LongRange(min = 1, max = MAX) long session,
			@ForAll @LongRange(min = 1, max = MAX) long number, @ForAll boolean flag, @ForAll long bits,
			@ForAll String text, @ForAll byte[] body, @ForAll Denial denial) {
		ResumeToken token = new ResumeToken(session, bits, ~bits);
		expectSame(new SessionWanted(number, token, session, text, text, flag, text));
		expectSame(new SessionParked(token, session, text, number, text));
		expectSame(new SessionDenied(number, denial, new CloseReason(text, text, flag)));
		expectSame(new SessionOffered(number, session));
		expectSame(new SessionCommit(number, session, new long[] { 0, number }));
		expectSame(new SessionPart(number, 1, Integer.MAX_VALUE, body));
		expectSame(new SessionNotArrived(number));
		expectSame(new SessionMoved(session, number, text, new HashSet<>(List.of("", text))));
		expectSame(new PathEnd(session, number, number));
		expectSame(new PathEnded(session, number, text));
		expectSame(new PassedOn(session, text, number, text, body, text));
		expectSame(new MoveOver(session, number));
	}

	record Color(int red, int green) {
	}

	@Test
	void aSnapshotContainsAllAttributesInTheirTypes() {
		Map<String, Object> attributes = Map.of("room", "tea", "level", 7, "gold", 1L << 40, "luck", 0.5, "vip", true,
				"color", new Color(1, 2));
		SessionSnapshot snapshot = new SessionSnapshot(42, ClientDescription.UNKNOWN, null, null,
				this.attributes.encodeAll(attributes), 1, 0);
		Map<String, Object> read = new HashMap<>(((SessionSnapshot) read(snapshot.toBytes())).attributes());
		read.computeIfPresent("color",
				(name, value) -> PAYLOADS.reader(Color.class).read(((EncodedAttribute) value).bytes()));
		assertThat(read).isEqualTo(attributes);
	}

	@Test
	void anAttributeThatCannotBeSerialisedIsOmitted() {
		Map<String, Object> attributes = Map.of("room", "tea", "self", new Object() {
			@SuppressWarnings("unused")
			public Object getSelf() {
				throw new IllegalStateException("no value");
			}
		});
		assertThat(this.attributes.encodeAll(attributes)).containsExactly(Map.entry("room", "tea"));
	}

	@Test
	void aFrameOfALaterVersionIsSkipped() {
		for (byte[] bytes : List.of(new byte[] { 0 }, new byte[] { 100, 1 }, new byte[] { -1, -1, -1, -1, 15 })) {
			assertThat(this.codec.read(CodedInputStream.newInstance(bytes))).isNull();
		}
	}

	@Test
	void aCountAboveTheNumberOfBytesIsRejected() throws IOException {
		for (int count : List.of(3, 1_000_000_000, -1)) {
			byte[] buffer = new byte[20];
			CodedOutputStream out = CodedOutputStream.newInstance(buffer);
			out.writeUInt32NoTag(Multicast.CODE);
			out.writeUInt32NoTag(count);
			out.writeUInt64NoTag(1);
			out.writeUInt64NoTag(2);
			byte[] bytes = Arrays.copyOf(buffer, out.getTotalBytesWritten());
			assertThatExceptionOfType(FrameException.class)
				.isThrownBy(() -> this.codec.read(CodedInputStream.newInstance(bytes)))
				.withMessageContaining("more elements than bytes");
		}
	}

	@Property(tries = 20_000)
	void otherBytesAreAFrameException(@ForAll @Size(max = 60) byte[] bytes) {
		readAnything(bytes);
	}

	@Property(tries = 2000)
	void aDamagedFrameIsAFrameException(@ForAll long seed) {
		Random random = new Random(seed);
		for (Frame sample : Samples.frames(PAYLOADS).values()) {
			byte[] frame = sample.toBytes();
			for (int i = 0; i < 3; i++) {
				frame[random.nextInt(Math.min(frame.length, 100))] = (byte) random.nextInt();
			}
			readAnything((frame.length > 100) ? frame : Arrays.copyOf(frame, random.nextInt(frame.length + 1)));
		}
	}

	private void readAnything(byte[] bytes) {
		try {
			this.codec.read(CodedInputStream.newInstance(bytes));
		}
		catch (FrameException ex) {
			assertThat(ex).hasMessageStartingWith("Not a frame of this cluster");
		}
	}

}
