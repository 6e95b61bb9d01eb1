package io.nanogame.cluster.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.nanogame.cluster.wire.Login.Trust;
import io.nanogame.group.Audience;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.EncodedAttribute;
import io.nanogame.session.Introduction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one node writes, the other reads; and whatever comes, nothing but a
 * {@link FrameException} comes out.
 */
class FrameProperties {

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final long MOST = (1L << 53) - 1;

	private final FrameWriter writer = new FrameWriter(PAYLOADS);

	private final FrameReader reader = new FrameReader(PAYLOADS);

	private final List<String> heard = new ArrayList<>();

	/** Writes down what it is told. */
	private final FrameHandler handler = (FrameHandler) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { FrameHandler.class }, (proxy, method, arguments) -> {
				this.heard.add(method.getName() + Arrays.deepToString(fields(arguments)));
				return null;
			});

	/** A record with an array in it is compared by its fields. */
	private static Object[] fields(Object[] arguments) {
		return Arrays.stream(arguments)
			.flatMap((argument) -> (argument instanceof MessageFrame frame) ? Stream.of(frame.sequence(),
					frame.request(), frame.headers(), frame.route(), frame.body(), frame.millisLeft())
					: Stream.of(argument))
			.toArray();
	}

	private void expect(byte[] frame, String method, Object... arguments) {
		this.heard.clear();
		this.reader.read("gate", frame, this.handler);
		assertThat(this.heard).containsExactly(method + Arrays.deepToString(arguments));
	}

	@Property(tries = 300)
	void messagesAnswersAndPushesAreReadAsTheyWereWritten(@ForAll @LongRange(min = 1, max = MOST) long session,
			@ForAll @LongRange(min = 1, max = MOST) long sequence, @ForAll boolean flag, @ForAll String text,
			@ForAll byte[] body, @ForAll @Size(max = 20) List<@LongRange(min = 1, max = MOST) Long> ids) {
		Map<String, String> headers = flag ? Map.of() : Map.of(text, text + "é");
		long[] sessions = ids.stream().mapToLong(Long::longValue).toArray();
		MessageFrame message = new MessageFrame(sequence, flag, headers, text, body, session);
		expect(this.writer.message(session, message), "message", "gate", session, sequence, flag, headers, text, body,
				session);
		expect(this.writer.askDone(session, sequence), "askDone", "gate", session, sequence);
		expect(this.writer.answer(session, sequence, flag, body), "answer", "gate", session, sequence, flag, body);
		expect(this.writer.push(session, text, body), "push", session, text, body);
		expect(this.writer.multicast(sessions, text, body), "multicast", sessions, text, body);
		expect(this.writer.done(session, sequence), "done", "gate", session, sequence);
		expect(this.writer.unseated(session, sequence), "unseated", "gate", session, sequence);
		expect(this.writer.rollCall(session), "rollCall", "gate", session);
		expect(this.writer.back(), "back", "gate");
		expect(this.writer.bind(session, "room", text), "bind", session, "room", text);
		expect(this.writer.bound(session, text), "bound", "gate", session, text);
		expect(this.writer.unbound(session, text), "unbound", "gate", session, text);
		expect(this.writer.member(session, text, flag), "member", session, text, flag);
		CloseReason reason = new CloseReason("kick", text, flag);
		expect(this.writer.close(session, reason), "close", "gate", session, reason);
		Login login = new Login(text, Trust.REMEMBERED, Set.of("ROLE_USER"));
		expect(this.writer.principal(session, login), "principal", "gate", session, login);
		expect(this.writer.principal(session, null), "principal", "gate", session, null);
		expect(this.writer.groupPush(text, "onNews", body, Set.of("b")), "groupPush", "gate", text, "onNews", body,
				Set.of("b"));
		Seated member = new Seated(session, null, Map.of("name", text));
		expect(this.writer.members(text, 0, session, List.of(member)), "members", "gate", text, 0L, session,
				List.of(member));
		expect(this.writer.groupExpires(text, Duration.ofMillis(sequence)), "groupExpires", "gate", text,
				Duration.ofMillis(sequence));
		Set<String> except = Set.of("gate-1");
		expect(this.writer.userPush(text, "onNews", body, except), "userPush", text, "onNews", body, except);
		expect(this.writer.userKick(text, "enough", except), "userKick", text, "enough", except);
		expect(this.writer.userWhere(sequence, text), "userWhere", "gate", sequence, text);
		for (Audience audience : List.of(new Audience.Players(Set.of(text)), new Audience.GroupMembers(text),
				new Audience.Everybody())) {
			expect(this.writer.pushTo(sequence, audience, "onNews", body), "pushTo", "gate", sequence, audience,
					"onNews", body);
		}
		expect(this.writer.taken(sequence, flag), "taken", "gate", sequence, flag);
		expect(this.writer.claim(text, sequence, session), "claim", text, sequence, session);
	}

	record Color(int red, int green) {
	}

	@Test
	void aSeatTellsAllThereIsToKnow() {
		Map<String, Object> attributes = Map.of("room", "tea", "level", 7, "gold", 1L << 40, "luck", 0.5, "vip", true,
				"color", new Color(1, 2));
		Seat seat = new Seat(42, Introduction.of(ClientInfo.UNKNOWN, Map.of("token", "abc")),
				new InetSocketAddress("127.0.0.1", 4711), "websocket", Map.of("lang", List.of("de", "en")), "ann",
				new Login("ann", Trust.FULL, Set.of("ROLE_USER")), attributes);
		List<Seat> seats = new ArrayList<>();
		this.reader.read("gate", this.writer.seat(seat), new FrameHandler() {

			@Override
			public void seat(String from, Seat read) {
				seats.add(read);
			}

		});
		Seat read = seats.get(0);
		Map<String, Object> values = new HashMap<>(read.attributes());
		values.computeIfPresent("color",
				(name, value) -> PAYLOADS.reader(Color.class).read(((EncodedAttribute) value).bytes()));
		assertThat(values).isEqualTo(attributes);
		assertThat(read).usingRecursiveComparison().ignoringFields("attributes", "handshake").isEqualTo(seat);
		assertThat(read.handshake().client()).isEqualTo(seat.handshake().client());
		assertThat(read.handshake().user()).isEqualTo(seat.handshake().user());
	}

	@Property(tries = 20_000)
	void rubbishIsAFrameExceptionAndNothingElse(@ForAll @Size(max = 60) byte[] rubbish) {
		readAnything(rubbish);
	}

	@Property(tries = 2000)
	void aDamagedFrameIsAFrameExceptionAndNothingElse(@ForAll @Size(max = 30) byte[] body, @ForAll long seed)
			throws ReflectiveOperationException {
		Random random = new Random(seed);
		for (Method method : FrameWriter.class.getMethods()) {
			if (method.getDeclaringClass() == FrameWriter.class) {
				byte[] frame = write(method, body);
				for (int i = 0; i < 3; i++) {
					frame[random.nextInt(frame.length)] = (byte) random.nextInt();
				}
				readAnything(Arrays.copyOf(frame, random.nextInt(frame.length + 1)));
			}
		}
	}

	private void readAnything(byte[] bytes) {
		try {
			this.reader.read("gate", bytes, this.handler);
		}
		catch (FrameException ex) {
			assertThat(ex).hasMessageStartingWith("Not a frame of this cluster");
		}
	}

	private byte[] write(Method method, byte[] body) throws ReflectiveOperationException {
		Object[] arguments = Arrays.stream(method.getParameterTypes()).map((type) -> any(type, body)).toArray();
		try {
			return (byte[]) method.invoke(this.writer, arguments);
		}
		catch (InvocationTargetException ex) {
			throw new AssertionError(method.toString(), ex.getCause());
		}
	}

	private static Object any(Class<?> type, byte[] body) {
		Map<Class<?>, Object> values = Map.of(long.class, 77L, int.class, 5, boolean.class, true, String.class, "tea",
				byte[].class, body, long[].class, new long[] { 1, 2, 3 }, Set.class, Set.of("b"), Duration.class,
				Duration.ofSeconds(1), Object.class, "red");
		Object value = values.get(type);
		if (value != null) {
			return value;
		}
		Login login = new Login("ann", Trust.FULL, Set.of("ROLE_USER"));
		Seated member = new Seated(9, "ann", Map.of("level", 3));
		Map<Class<?>, Object> more = Map.of(Map.class, Map.of("traceparent", "00"), Login.class, login, Seated.class,
				member, List.class, List.of(member), MessageFrame.class,
				new MessageFrame(7, true, Map.of("traceparent", "00"), "tea", body, 30_000), CloseReason.class,
				CloseReason.SHUTDOWN, Seat.class,
				new Seat(9, Introduction.UNKNOWN, new InetSocketAddress("127.0.0.1", 1), "tcp",
						Map.of("a", List.of("b")), "ann", login, Map.of("x", 1.5)));
		return more.get(type);
	}

}
