package io.nanogame.cluster.frame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
import io.nanogame.cluster.frame.StateProperty.Attribute;
import io.nanogame.cluster.frame.StateProperty.Principal;
import io.nanogame.cluster.frame.StateProperty.RouteBinding;
import io.nanogame.cluster.frame.StateProperty.Uid;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.frame.UserFrame.SessionsQuery;
import io.nanogame.cluster.frame.UserFrame.SessionsReply;
import io.nanogame.cluster.frame.UserFrame.UserKick;
import io.nanogame.cluster.frame.UserFrame.UserPush;
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.group.Audience;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.resume.ResumeToken;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.EncodedAttribute;
import io.nanogame.session.Introduction;

/**
 * The frames of the vectors, by the names that they have there.
 */
final class Samples {

	static final String TEXT = "Grüße, 茶 🍵";

	/** The largest id of a session. */
	static final long SESSION = (1L << 53) - 1;

	/** The number of a change of members. */
	private static final long NUMBER = (7L << 32) + 300;

	private static final byte[] NO_BYTES = {};

	private static final CloseOrder CLOSE = new CloseOrder(299, Duration.ofSeconds(2));

	private static final OtherForms NONE = OtherForms.of(List.of());

	private static final byte[] BODY = { 0, 1, 127, -128, -1 };

	/** Its length is a varint of three bytes. */
	private static final byte[] LARGE = new byte[16_400];

	static {
		Arrays.fill(LARGE, (byte) 0xab);
	}

	private final Payloads payloads;

	private final Map<String, Frame> frames = new LinkedHashMap<>();

	private Samples(Payloads payloads) {
		this.payloads = payloads;
	}

	static Map<String, Frame> frames(Payloads payloads) {
		Samples samples = new Samples(payloads);
		samples.addSnapshots();
		samples.addMessages();
		samples.addSessionStates();
		samples.addGroups();
		samples.addUsers();
		samples.addMoves();
		return samples.frames;
	}

	private void add(String name, Frame frame) {
		this.frames.put(name, frame);
	}

	private Map<String, Object> attributes() {
		Map<String, Object> attributes = new HashMap<>();
		attributes.put("text", TEXT);
		attributes.put("empty", "");
		attributes.put("int", Integer.MIN_VALUE);
		attributes.put("long", Long.MAX_VALUE);
		attributes.put("double", -0.5);
		attributes.put("true", true);
		attributes.put("false", false);
		attributes.put("encoded", new EncodedAttribute("{\"red\":1}".getBytes(), this.payloads));
		return attributes;
	}

	private static Set<String> names(String... names) {
		return new LinkedHashSet<>(List.of(names));
	}

	private static List<WrittenForm> others() {
		return List.of(new WrittenForm("protobuf", NO_BYTES), new WrittenForm("json-text", BODY));
	}

	private static OtherForms divided() {
		return new OtherForms(List.of(new WrittenForm("protobuf", NO_BYTES)), names("", "json-text"));
	}

	private static Login login() {
		return new Login("ann " + TEXT, Login.Trust.FULL, names("ROLE_USER", "ROLE_ADMIN"));
	}

	private static InetSocketAddress address(int... bytes) {
		byte[] address = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			address[i] = (byte) bytes[i];
		}
		try {
			return new InetSocketAddress(InetAddress.getByAddress(address), 65_535);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private void addSnapshots() {
		Map<String, List<String>> query = new LinkedHashMap<>();
		query.put("lang", List.of("de", TEXT));
		query.put("none", List.of());
		Introduction introduction = Introduction.of(new ClientInfo("nano-java", "1.0", "linux", "2", "abc"),
				Map.of("token", TEXT));
		add("session snapshot", new SessionSnapshot(SESSION,
				new ClientDescription(introduction, address(127, 0, 0, 1), "websocket", query, "json-text", 300), "ann",
				login(), attributes(), 300, 7));
		add("owner of a session", new SessionOwner(SESSION, 300, "gate-1"));
		add("session snapshot, nothing known",
				new SessionSnapshot(1, ClientDescription.UNKNOWN, null, null, Map.of(), 0, 0));
		add("session snapshot, IPv6",
				new SessionSnapshot(1,
						new ClientDescription(Introduction.UNKNOWN,
								address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), "tcp", Map.of(),
								"protobuf", 0),
						null, null, Map.of(), 0, 0));
	}

	private void addMessages() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("traceparent", "00-1");
		headers.put(TEXT, "");
		add("forwarded request", new ForwardedMessage(SESSION, 300, true, headers, "room." + TEXT, BODY, 30_000));
		add("forwarded notify", new ForwardedMessage(1, 1, false, Map.of(), "", NO_BYTES, 1));
		add("forwarded message, large", new ForwardedMessage(1, 1, true, Map.of(), "room.join", LARGE, 1));
		add("query of handled messages", new DoneQuery(SESSION, 300));
		add("reply", new Reply(SESSION, 300, false, BODY));
		add("error reply", new Reply(1, 1, true, NO_BYTES));
		add("reply, large", new Reply(1, 1, false, LARGE));
		add("push", new Push(SESSION, "on" + TEXT, BODY, "json-text"));
		add("push, empty", new Push(1, "", NO_BYTES, ""));
		add("push, large", new Push(1, "onNews", LARGE, ""));
		add("multicast", new Multicast(new long[] { 1, 128, SESSION }, "on" + TEXT, BODY, "protobuf"));
		add("multicast, empty", new Multicast(new long[0], "", NO_BYTES, ""));
		add("message handled", new MessageDone(SESSION, 300));
		add("message lost", new MessageFate(SESSION, 300, false));
		add("session unknown", new SessionUnknown(SESSION, 300));
	}

	private void addSessionStates() {
		attributes().forEach((name, value) -> add("attribute, " + name, changed(new Attribute(name, value))));
		add("attribute removed", changed(new Attribute(TEXT, null)));
		add("uid bound", changed(new Uid(TEXT)));
		add("uid unbound", changed(new Uid(null)));
		add("principal", changed(new Principal(login())));
		add("principal, name only", changed(new Principal(new Login("", Login.Trust.NAME_ONLY, Set.of()))));
		add("principal, remembered", changed(new Principal(new Login("a", Login.Trust.REMEMBERED, Set.of()))));
		add("no principal", changed(new Principal(null)));
		add("route binding", changed(new RouteBinding("room", "hall-" + TEXT)));
		add("route binding removed", changed(new RouteBinding("room", "")));
		add("change", new StateChange(SESSION, new ChangeNumber(6, 300), new Attribute(TEXT, TEXT)));
		add("change without a number", new StateChange(1, ChangeNumber.NONE, new Uid(TEXT)));
		add("session closed", new SessionClosed(SESSION, new CloseReason("kick", TEXT, false)));
		add("session closed, reconnect", new SessionClosed(1, CloseReason.SHUTDOWN));
		add("session probe", new SessionProbe(SESSION, 300, 7));
		add("node reconnected", new PeerReconnected());
		add("messages received", new MessagesReceived(300));
		add("query of a node that leaves", new LeaveQuery(300));
		add("reply to a node that leaves", new LeaveReply(300));
	}

	private static StateChanged changed(StateProperty property) {
		return new StateChanged(SESSION, 300, 7, property);
	}

	private void addGroups() {
		MemberSnapshot member = new MemberSnapshot(SESSION, TEXT, attributes(), "protobuf");
		MemberSnapshot unbound = new MemberSnapshot(1, null, Map.of(), "");
		add("member order, join", new MemberOrder(SESSION, TEXT, true, 300, 7, CLOSE));
		add("member order, leave", new MemberOrder(1, "", false, 1, 1, CloseOrder.NONE));
		add("order applied, member", new OrderApplied(SESSION, TEXT, true, 300));
		add("order applied, no member", new OrderApplied(1, "", false, 1));
		add("group push", new GroupPush(TEXT, "onNews", BODY, names("gate-1", "gate-2"),
				new EarlierOrders(List.of(), CLOSE), OtherForms.of(others()), NUMBER));
		MemberOrder before = new MemberOrder(SESSION, "a", false, 300, 7, CloseOrder.NONE);
		add("group push after an order",
				new GroupPush("a", "", BODY, Set.of(), new EarlierOrders(List.of(before), CLOSE), NONE, 1));
		add("group push, large", new GroupPush("", "", LARGE, Set.of(), EarlierOrders.NONE, NONE, 1));
		add("member joined", new MemberJoined(TEXT, NUMBER, member));
		add("member joined, unbound", new MemberJoined("", 1, unbound));
		add("member left", new MemberLeft(TEXT, NUMBER, SESSION));
		add("members query", new MembersQuery(TEXT));
		add("member list", new MemberList(TEXT, NUMBER, 0, Long.MAX_VALUE, List.of(unbound, member)));
		add("member list, empty", new MemberList("", 0, 0, 0, List.of()));
		add("presence offer", new PresenceOffer());
		List<GroupNumber> numbers = List.of(new GroupNumber(TEXT, NUMBER), new GroupNumber("", 0));
		add("presence query", new PresenceQuery(false, numbers));
		add("presence query of all", new PresenceQuery(true, List.of()));
		add("presence numbers", new PresenceNumbers(numbers));
		add("group closed", new GroupClosed(TEXT, CLOSE, 7));
		add("group expires",
				new GroupExpiry(TEXT, Duration.ofDays(30), new GroupOrder(300, 7, CLOSE, Duration.ofSeconds(3))));
		add("group renewed", new GroupRenewed(TEXT, GroupOrder.published(300)));
		add("group order applied", new GroupOrderApplied(TEXT, 300));
	}

	private void addMoves() {
		add("session wanted", new SessionWanted(300, new ResumeToken(SESSION, Long.MIN_VALUE, -1), 1L << 40, "pomelo",
				TEXT, true, TEXT));
		add("session denied", new SessionDenied(300, Denial.NOT_HERE, new CloseReason("", "", true)));
		add("session denied, lost", new SessionDenied(300, Denial.LOST, new CloseReason("kick", TEXT, false)));
		add("session denied, later", new SessionDenied(1, Denial.LATER, new CloseReason("", "", true)));
		add("session offered", new SessionOffered(300, SESSION));
		add("session commit", new SessionCommit(300, SESSION, new long[0]));
		add("session commit, parts missing", new SessionCommit(300, SESSION, new long[] { 0, 300 }));
		add("session part", new SessionPart(300, 1, 2, BODY));
		add("session part, large", new SessionPart(1, 0, 1, LARGE));
		add("session parked", new SessionParked(new ResumeToken(SESSION, 1, -1), 300, "pomelo", 2500, TEXT));
		add("session not arrived", new SessionNotArrived(300));
		add("session moved", new SessionMoved(SESSION, 300, "gate-1", names("a", TEXT)));
		add("session moved, no groups", new SessionMoved(1, 1, "gate-1", Set.of()));
		add("end of direct pushes", new PathEnd(SESSION, 300, 301));
		add("end of passed pushes", new PathEnded(SESSION, 300, "room-1"));
		add("push passed on", new PassedOn(SESSION, "room-1", NUMBER, "on" + TEXT, BODY, "json-text"));
		add("push passed on, to one session", new PassedOn(1, "room-1", 0, "", NO_BYTES, ""));
		add("move over", new MoveOver(SESSION, 300));
	}

	private void addUsers() {
		add("user push", new UserPush(TEXT, "onNews", BODY, names("gate-1", "gate-2"), divided(), NUMBER));
		add("user push, empty", new UserPush("", "", NO_BYTES, Set.of(), NONE, 1));
		add("user kick", new UserKick(TEXT, "bad " + TEXT, names("gate-1", "gate-2")));
		add("user kick, empty", new UserKick("", "", Set.of()));
		add("sessions query", new SessionsQuery(300, TEXT));
		add("sessions reply", new SessionsReply(300, new long[] { 1, SESSION }));
		add("sessions reply, empty", new SessionsReply(1, new long[0]));
		add("login claim", new LoginClaimed(TEXT, Long.MAX_VALUE, SESSION));
		add("login page", new LoginPage(1, 300, 1L << 40,
				List.of(new LoginClaimed("ann", 1, 2), new LoginClaimed(TEXT, Long.MAX_VALUE, SESSION))));
		add("login page, empty", new LoginPage(0, 0, 0, List.of()));
		add("logins query", new LoginsQuery(1_767_225_600_000L, 300));
		add("audience push, player",
				new AudiencePush(300, new Audience.Players(Set.of(TEXT)), "onNews", BODY, OtherForms.of(others())));
		add("audience push, group", new AudiencePush(1, new Audience.GroupMembers(TEXT), "", NO_BYTES, divided()));
		add("audience push, everybody", new AudiencePush(1, new Audience.Everybody(), "onNews", LARGE, NONE));
		add("push acknowledged, delivered", new PushAcknowledged(300, true));
		add("push acknowledged, no recipient", new PushAcknowledged(1, false));
	}

}
