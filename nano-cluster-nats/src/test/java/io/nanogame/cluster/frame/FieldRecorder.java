package io.nanogame.cluster.frame;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.Login;
import io.nanogame.cluster.wire.MessageFrame;
import io.nanogame.cluster.wire.Seat;
import io.nanogame.cluster.wire.Seated;
import io.nanogame.group.Audience;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.session.CloseReason;
import io.nanogame.session.EncodedAttribute;
import io.nanogame.session.Introduction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of received frames, as values for JSON.
 */
final class FieldRecorder implements FrameHandler {

	private final List<Map<String, @Nullable Object>> frames = new ArrayList<>();

	/** Returns the fields of the received frames, in their order. */
	List<Map<String, @Nullable Object>> frames() {
		return this.frames;
	}

	/** Takes names and values in turn. */
	private void add(@Nullable Object... fields) {
		this.frames.add(fields(fields));
	}

	private static Map<String, @Nullable Object> fields(@Nullable Object... fields) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < fields.length; i += 2) {
			map.put(String.valueOf(fields[i]), fields[i + 1]);
		}
		return map;
	}

	/** A long run of one byte is written as the byte and its number. */
	private static String hex(byte[] bytes) {
		for (byte each : bytes) {
			if (each != bytes[0] || bytes.length < 100) {
				return HexFormat.of().formatHex(bytes);
			}
		}
		return (bytes.length > 0) ? HexFormat.of().toHexDigits(bytes[0]) + " x " + bytes.length : "";
	}

	private static @Nullable Object attribute(@Nullable Object value) {
		if (value == null) {
			return null;
		}
		return (value instanceof EncodedAttribute encoded) ? Map.of("Encoded", hex(encoded.bytes()))
				: Map.of(value.getClass().getSimpleName(), value);
	}

	private static Map<String, @Nullable Object> attributes(Map<String, Object> attributes) {
		Map<String, @Nullable Object> map = new TreeMap<>();
		attributes.forEach((name, value) -> map.put(name, attribute(value)));
		return map;
	}

	private static @Nullable Object login(@Nullable Login login) {
		return (login != null) ? fields("name", login.name(), "trust", login.trust(), "authorities",
				new TreeSet<>(login.authorities())) : null;
	}

	private static Object introduction(Introduction introduction) {
		return JsonMapper.shared()
			.readTree(new HandshakeRequest(introduction.client(), introduction.userPart()).toJson());
	}

	private static String address(InetSocketAddress address) {
		return (address.isUnresolved() ? "unknown" : address.getAddress().getHostAddress()) + " " + address.getPort();
	}

	private static Object member(Seated member) {
		return fields("session", member.session(), "uid", member.uid(), "attributes", attributes(member.attributes()));
	}

	private static Object audience(Audience audience) {
		if (audience instanceof Audience.Players players) {
			return fields("uids", new TreeSet<>(players.uids()));
		}
		return (audience instanceof Audience.GroupMembers members) ? fields("group", members.group()) : fields();
	}

	@Override
	public void seat(String from, Seat seat) {
		add("session", seat.session(), "client",
				fields("introduction", introduction(seat.handshake()), "address", address(seat.address()), "transport",
						seat.transport(), "queryParameters", seat.queryParameters()),
				"uid", seat.uid(), "login", login(seat.login()), "attributes", attributes(seat.attributes()));
	}

	@Override
	public void message(String from, long session, MessageFrame message) {
		add("session", session, "sequence", message.sequence(), "request", message.request(), "headers",
				message.headers(), "route", message.route(), "body", hex(message.body()), "millisLeft",
				message.millisLeft());
	}

	@Override
	public void askDone(String from, long session, long sequence) {
		add("session", session, "sequence", sequence);
	}

	@Override
	public void back(String from) {
		add();
	}

	@Override
	public void answer(String from, long session, long sequence, boolean error, byte[] body) {
		add("session", session, "sequence", sequence, "error", error, "body", hex(body));
	}

	@Override
	public void push(long session, String route, byte[] body) {
		add("session", session, "route", route, "body", hex(body));
	}

	@Override
	public void multicast(long[] sessions, String route, byte[] body) {
		add("sessions", sessions, "route", route, "body", hex(body));
	}

	@Override
	public void done(String from, long session, long sequence) {
		add("session", session, "sequence", sequence);
	}

	@Override
	public void unseated(String from, long session, long sequence) {
		add("session", session, "sequence", sequence);
	}

	@Override
	public void bind(long session, String component, String node) {
		add("session", session, "component", component, "node", node);
	}

	@Override
	public void member(long session, String group, boolean joins) {
		add("session", session, "group", group, "joins", joins);
	}

	@Override
	public void groupPush(String from, String group, String route, byte[] body, Set<String> except) {
		add("group", group, "route", route, "body", hex(body), "except", new TreeSet<>(except));
	}

	@Override
	public void joined(String from, String group, Seated member) {
		add("group", group, "member", member(member));
	}

	@Override
	public void left(String from, String group, long session) {
		add("group", group, "session", session);
	}

	@Override
	public void who(String from, String group) {
		add("group", group);
	}

	@Override
	public void members(String from, String group, long first, long last, List<Seated> members) {
		add("group", group, "first", first, "last", last, "members",
				members.stream().map(FieldRecorder::member).toList());
	}

	@Override
	public void groupClosed(String from, String group) {
		add("group", group);
	}

	@Override
	public void groupExpires(String from, String group, Duration ttl) {
		add("group", group, "ttl", ttl.toMillis());
	}

	@Override
	public void groupRenewed(String from, String group) {
		add("group", group);
	}

	@Override
	public void userPush(String uid, String route, byte[] body, Set<String> except) {
		add("uid", uid, "route", route, "body", hex(body), "except", new TreeSet<>(except));
	}

	@Override
	public void userKick(String uid, String reason, Set<String> except) {
		add("uid", uid, "reason", reason, "except", new TreeSet<>(except));
	}

	@Override
	public void userWhere(String from, long question, String uid) {
		add("number", question, "uid", uid);
	}

	@Override
	public void userHere(String from, long question, long[] sessions) {
		add("number", question, "sessions", sessions);
	}

	@Override
	public void claim(String uid, long stamp, long session) {
		add("uid", uid, "stamp", stamp, "session", session);
	}

	@Override
	public void pushTo(String from, long question, Audience audience, String route, byte[] body) {
		add("number", question, "audience", audience(audience), "route", route, "body", hex(body));
	}

	@Override
	public void taken(String from, long question, boolean took) {
		add("number", question, "delivered", took);
	}

	@Override
	public void rollCall(String from, long session) {
		add("session", session);
	}

	@Override
	public void attribute(String from, long session, String name, @Nullable Object value) {
		add("session", session, "name", name, "value", attribute(value));
	}

	@Override
	public void bound(String from, long session, String uid) {
		add("session", session, "uid", uid);
	}

	@Override
	public void unbound(String from, long session, String uid) {
		add("session", session, "uid", uid);
	}

	@Override
	public void principal(String from, long session, @Nullable Login login) {
		add("session", session, "login", login(login));
	}

	@Override
	public void close(String from, long session, CloseReason reason) {
		add("session", session, "reason",
				fields("code", reason.code(), "message", reason.message(), "reconnect", reason.reconnect()));
	}

}
