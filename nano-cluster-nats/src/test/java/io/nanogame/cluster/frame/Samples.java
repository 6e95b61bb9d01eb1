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

import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.Login;
import io.nanogame.cluster.wire.MessageFrame;
import io.nanogame.cluster.wire.Seat;
import io.nanogame.cluster.wire.Seated;
import io.nanogame.group.Audience;
import io.nanogame.protocol.ClientInfo;
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

	private static final byte[] NO_BYTES = {};

	private static final byte[] BODY = { 0, 1, 127, -128, -1 };

	/** Its length is a varint of three bytes. */
	private static final byte[] LARGE = new byte[16_400];

	static {
		Arrays.fill(LARGE, (byte) 0xab);
	}

	private final FrameWriter writer;

	private final Payloads payloads;

	private final Map<String, byte[]> frames = new LinkedHashMap<>();

	private Samples(Payloads payloads) {
		this.writer = new FrameWriter(payloads);
		this.payloads = payloads;
	}

	static Map<String, byte[]> written(Payloads payloads) {
		Samples samples = new Samples(payloads);
		samples.addSnapshots();
		samples.addMessages();
		samples.addSessionStates();
		samples.addGroups();
		samples.addUsers();
		return samples.frames;
	}

	private void add(String name, byte[] frame) {
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
		add("session snapshot", this.writer.seat(new Seat(SESSION, introduction, address(127, 0, 0, 1), "websocket",
				query, "ann", login(), attributes())));
		add("session snapshot, nothing known", this.writer.seat(new Seat(1, Introduction.UNKNOWN,
				InetSocketAddress.createUnresolved("unknown", 0), "", Map.of(), null, null, Map.of())));
		add("session snapshot, IPv6",
				this.writer.seat(new Seat(1, Introduction.UNKNOWN,
						address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), "tcp", Map.of(), null, null,
						Map.of())));
	}

	private void addMessages() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("traceparent", "00-1");
		headers.put(TEXT, "");
		add("forwarded request",
				this.writer.message(SESSION, new MessageFrame(300, true, headers, "room." + TEXT, BODY, 30_000)));
		add("forwarded notify", this.writer.message(1, new MessageFrame(1, false, Map.of(), "", NO_BYTES, 1)));
		add("forwarded message, large",
				this.writer.message(1, new MessageFrame(1, true, Map.of(), "room.join", LARGE, 1)));
		add("query of handled messages", this.writer.askDone(SESSION, 300));
		add("reply", this.writer.answer(SESSION, 300, false, BODY));
		add("error reply", this.writer.answer(1, 1, true, NO_BYTES));
		add("reply, large", this.writer.answer(1, 1, false, LARGE));
		add("push", this.writer.push(SESSION, "on" + TEXT, BODY));
		add("push, empty", this.writer.push(1, "", NO_BYTES));
		add("push, large", this.writer.push(1, "onNews", LARGE));
		add("multicast", this.writer.multicast(new long[] { 1, 128, SESSION }, "on" + TEXT, BODY));
		add("multicast, empty", this.writer.multicast(new long[0], "", NO_BYTES));
		add("message handled", this.writer.done(SESSION, 300));
		add("session unknown", this.writer.unseated(SESSION, 300));
		add("route binding", this.writer.bind(SESSION, "room", "hall-" + TEXT));
		add("route binding removed", this.writer.bind(1, "room", ""));
	}

	private void addSessionStates() {
		attributes().forEach((name, value) -> add("attribute, " + name, this.writer.attribute(SESSION, name, value)));
		add("attribute removed", this.writer.attribute(1, TEXT, null));
		add("uid bound", this.writer.bound(SESSION, TEXT));
		add("uid unbound", this.writer.unbound(SESSION, TEXT));
		add("login", this.writer.principal(SESSION, login()));
		add("login, name only", this.writer.principal(1, new Login("", Login.Trust.NAME_ONLY, Set.of())));
		add("login, remembered", this.writer.principal(1, new Login("a", Login.Trust.REMEMBERED, Set.of())));
		add("logout", this.writer.principal(1, null));
		add("session closed", this.writer.close(SESSION, new CloseReason("kick", TEXT, false)));
		add("session closed, reconnect", this.writer.close(1, CloseReason.SHUTDOWN));
		add("session probe", this.writer.rollCall(SESSION));
		add("node reconnected", this.writer.back());
	}

	private void addGroups() {
		Seated member = new Seated(SESSION, TEXT, attributes());
		Seated unbound = new Seated(1, null, Map.of());
		add("member order, join", this.writer.member(SESSION, TEXT, true));
		add("member order, leave", this.writer.member(1, "", false));
		add("group push", this.writer.groupPush(TEXT, "onNews", BODY, names("gate-1", "gate-2")));
		add("group push, large", this.writer.groupPush("", "", LARGE, Set.of()));
		add("member joined", this.writer.joined(TEXT, member));
		add("member joined, unbound", this.writer.joined("", unbound));
		add("member left", this.writer.left(TEXT, SESSION));
		add("members query", this.writer.who(TEXT));
		add("member list", this.writer.members(TEXT, 0, Long.MAX_VALUE, List.of(unbound, member)));
		add("member list, empty", this.writer.members("", 0, 0, List.of()));
		add("group closed", this.writer.groupClosed(TEXT));
		add("group expires", this.writer.groupExpires(TEXT, Duration.ofDays(30)));
		add("group renewed", this.writer.groupRenewed(TEXT));
	}

	private void addUsers() {
		add("user push", this.writer.userPush(TEXT, "onNews", BODY, names("gate-1", "gate-2")));
		add("user push, empty", this.writer.userPush("", "", NO_BYTES, Set.of()));
		add("user kick", this.writer.userKick(TEXT, "bad " + TEXT, names("gate-1", "gate-2")));
		add("user kick, empty", this.writer.userKick("", "", Set.of()));
		add("sessions query", this.writer.userWhere(300, TEXT));
		add("sessions reply", this.writer.userHere(300, new long[] { 1, SESSION }));
		add("sessions reply, empty", this.writer.userHere(1, new long[0]));
		add("login claim", this.writer.claim(TEXT, Long.MAX_VALUE, SESSION));
		add("audience push, player", this.writer.pushTo(300, new Audience.Players(Set.of(TEXT)), "onNews", BODY));
		add("audience push, group", this.writer.pushTo(1, new Audience.GroupMembers(TEXT), "", NO_BYTES));
		add("audience push, everybody", this.writer.pushTo(1, new Audience.Everybody(), "onNews", LARGE));
		add("push acknowledged, delivered", this.writer.taken(300, true));
		add("push acknowledged, no recipient", this.writer.taken(1, false));
	}

}
