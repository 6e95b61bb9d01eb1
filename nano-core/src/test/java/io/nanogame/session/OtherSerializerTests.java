package io.nanogame.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.Any;
import io.nanogame.group.Audience;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.group.LocalPushes;
import io.nanogame.protocol.Message;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Route.Bodies;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.user.LocalUsers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Sessions whose serializer is not the server's receive everything in the form of their
 * own.
 */
class OtherSerializerTests {

	/** A protobuf message without a JSON form. */
	private static final Any NO_JSON = Any.newBuilder().setTypeUrl("example.com/none").build();

	private final TestSessions sessions = new TestSessions();

	private final Brackets brackets = new Brackets("brackets");

	private final Payloads other = new Payloads(this.brackets);

	private final Groups groups = new Groups(this.sessions.payloads, this.sessions.timers);

	private final Group lobby = this.groups.create("lobby");

	private final Session ann = this.sessions.open();

	private final Session bob = open(this.other);

	private Session open(Payloads payloads) {
		this.sessions.registry.allPayloads().addOfProtocol(payloads);
		Session session = this.sessions.registry.create(new MemoryConnection(this.sessions.loop), Introduction.UNKNOWN,
				payloads);
		this.sessions.registry.open(session);
		return session;
	}

	private static List<String> sent(Session session) {
		return TestSessions.connection(session).sent();
	}

	@Test
	void payloadsThatHandlersAreNotPreparedForAreRefused() {
		Payloads unknown = new Payloads(new Brackets("unknown"));
		assertThatIllegalArgumentException().isThrownBy(
				() -> this.sessions.registry.create(TestSessions.connection(this.ann), this.ann.handshake(), unknown))
			.withMessage("Handlers are not prepared for these payloads");
	}

	@Test
	void theServersPayloadsMayBeChosenToo() {
		assertThat(open(this.sessions.payloads).payloads()).isSameAs(this.sessions.payloads);
		assertThat(this.ann.payloads()).isSameAs(this.sessions.payloads);
		assertThat(this.bob.payloads()).isSameAs(this.other);
	}

	@Test
	void aPushToTheSession() {
		this.bob.push("onNews", "hi");
		assertThat(sent(this.bob)).containsExactly("push onNews [hi]");
	}

	@Test
	void anErrorIsWrittenByTheSessionsSerializer() {
		TestSessions.connection(this.bob).send(OutboundMessage.error(this.bob, 7, "room.join", 404, "gone"));
		assertThat(sent(this.bob)).containsExactly("error 7 [gone]");
	}

	@Test
	void aBroadcastIsWrittenOnceForEachSerializer() {
		this.lobby.add(this.ann);
		this.lobby.add(this.bob);
		this.lobby.add(open(this.other));
		this.lobby.add(this.sessions.open());
		this.lobby.broadcast("onNews", "hi");
		assertThat(this.lobby.members()).extracting(OtherSerializerTests::sent)
			.containsExactly(List.of("push onNews \"hi\""), List.of("push onNews [hi]"), List.of("push onNews [hi]"),
					List.of("push onNews \"hi\""));
		assertThat(this.brackets.written).containsExactly("hi");
		assertThat(this.sessions.loop.broadcasts()).isEqualTo(2);
	}

	@Test
	void aPushIsWrittenBeforeTheCallerCanChangeItsValue() {
		List<Integer> value = new ArrayList<>(List.of(1));
		OutboundMessage push = new WrittenPush(OutboundMessage.push("onNews", value, this.sessions.payloads))
			.with(this.other);
		value.add(2);
		assertThat(push.body()).isEqualTo(bytes("[[1]]"));
	}

	@Test
	void aSerializerThatNoMemberHasWritesNothing() {
		this.lobby.add(this.ann);
		this.lobby.add(this.bob);
		this.lobby.leave(this.bob);
		this.lobby.broadcast("onNews", "hi");
		assertThat(this.brackets.written).isEmpty();
		assertThat(sent(this.bob)).isEmpty();
	}

	@Test
	void aMulticastAndAPushToAnAudience() {
		this.lobby.add(this.ann);
		this.lobby.add(this.bob);
		this.lobby.multicast("onNews", "some", (member) -> true);
		new LocalPushes(this.sessions.listed, this.groups, this.sessions.payloads)
			.push(new Audience.GroupMembers("lobby"), "onNews", "all");
		assertThat(sent(this.ann)).containsExactly("push onNews \"some\"", "push onNews \"all\"");
		assertThat(sent(this.bob)).containsExactly("push onNews [some]", "push onNews [all]");
	}

	@Test
	void aPushToPlayersIsWrittenOnceForEachSerializer() {
		this.ann.bind("player");
		this.bob.bind("player");
		Session cid = open(this.other);
		cid.bind("cid");
		new LocalUsers(this.sessions.listed, this.sessions.payloads).push(Set.of("player", "cid"), "onNews", "hi");
		assertThat(sent(this.ann)).containsExactly("push onNews \"hi\"");
		assertThat(sent(this.bob)).containsExactly("push onNews [hi]");
		assertThat(sent(cid)).containsExactly("push onNews [hi]");
		assertThat(this.brackets.written).containsExactly("hi");
	}

	@Test
	void whatOneSerializerCannotWriteReachesTheOthers() {
		Session text = open(Payloads.jsonText(new JsonSerializer(JsonMapper.shared())));
		List.of(this.ann, this.bob, text).forEach(this.lobby::add);
		this.lobby.broadcast("onNews", NO_JSON);
		this.lobby.broadcast("onNews", "hi");
		assertThat(sent(this.ann)).hasSize(2);
		assertThat(sent(this.bob)).hasSize(2);
		assertThat(sent(text)).containsExactly("push onNews \"hi\"");
	}

	@Test
	void aPushThatTheSessionsSerializerCannotWriteFails() {
		Session text = open(Payloads.jsonText(new JsonSerializer(JsonMapper.shared())));
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> text.push("onNews", NO_JSON));
	}

	@Test
	void whatAnInterceptorPutsInsteadIsWrittenByTheSessionsSerializer() {
		OutboundMessage push = OutboundMessage.push("onNews", "hi", this.sessions.payloads).writtenWith(this.other);
		assertThat(push.value()).isEqualTo("hi");
		assertThat(push.withValue("ho").body()).isEqualTo(bytes("[ho]"));
	}

	@Test
	void aHandlerReadsAndRepliesInTheFormOfTheSession() {
		Route route = Route.of("room.join", (request) -> null)
			.with(Bodies.prepared(this.sessions.payloads, OtherSerializerTests::bodies))
			.preparedFor(List.of(this.other));
		int prepared = this.brackets.prepared;
		assertThat(request(this.bob, route, "[7]").payload()).isEqualTo("7");
		assertThat(request(this.ann, route, "\"7\"").payload()).isEqualTo("7");
		request(this.bob, route, "[7]").reply("done");
		request(this.ann, route, "\"7\"").reply("done");
		assertThat(sent(this.bob)).containsExactly("response 5 [done]");
		assertThat(sent(this.ann)).containsExactly("response 5 \"done\"");
		assertThat(prepared).as("at startup").isEqualTo(2);
		assertThat(this.brackets.prepared).isEqualTo(prepared);
	}

	@Test
	void aRouteThatReadsWithOneSerializerEndsTheStart() {
		Route route = Route.of("room.join", (request) -> null).from("Room.join").reading((body) -> "");
		assertThatIllegalStateException().isThrownBy(() -> route.preparedFor(List.of(this.other)))
			.withMessage("Route 'room.join' (Room.join) reads and writes with one serializer, "
					+ "but the server has several");
		assertThat(route.preparedFor(List.of())).isSameAs(route);
	}

	@Test
	void aRouteThatTakesAndReturnsBytesNeedsNoPreparation() {
		Route route = Route.of("room.join", (request) -> null).preparedFor(List.of(this.other));
		Request request = request(this.bob, route, "[7]");
		assertThat(request.payload()).isEqualTo(bytes("[7]"));
		request.reply("done");
		assertThat(sent(this.bob)).containsExactly("response 5 [done]");
	}

	@Test
	void aHandshakeChoosesTheSerializerOfItsSession() {
		this.sessions.registry.allPayloads().addChoice(new Payloads(new Brackets("braces")));
		Payloads chosen = new Payloads(new Brackets("chosen"));
		this.sessions.registry.allPayloads().addChoice(chosen);
		Session session = this.sessions.create("{}");
		Handshake handshake = new Handshake(session);
		handshake.serializer("braces");
		handshake.serializer("chosen");
		assertThat(session.payloads()).as("the last choice").isSameAs(chosen);
		this.sessions.registry.open(session);
		this.lobby.add(this.ann);
		this.lobby.add(session);
		this.lobby.broadcast("onNews", "hi");
		assertThat(sent(session)).containsExactly("push onNews [hi]");
		assertThat(sent(this.ann)).containsExactly("push onNews \"hi\"");
		assertThatIllegalStateException().as("after it is open").isThrownBy(() -> handshake.serializer("json"));
	}

	@Test
	void anUnknownSerializerIsRefusedWithTheKnownOnes() {
		this.sessions.registry.allPayloads().addChoice(new Payloads(new Brackets("chosen")));
		Handshake handshake = new Handshake(this.sessions.create("{}"));
		assertThatIllegalArgumentException().isThrownBy(() -> handshake.serializer("bra\nces"))
			.withMessage("There is no serializer 'bra\\u000aces', only [json, chosen]");
		assertThat(handshake.session().payloads()).isSameAs(this.sessions.payloads);
	}

	@Test
	void twoSerializersOfOneNameAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.sessions.registry.allPayloads()
				.addChoice(new Payloads(new JsonSerializer(JsonMapper.shared()))))
			.withMessage("There are two serializers with the name 'json'");
	}

	@Test
	void aSessionWhoseProtocolHasPayloadsKeepsThem() {
		this.sessions.registry.allPayloads().addOfProtocol(this.other);
		Session session = this.sessions.registry.create(new MemoryConnection(this.sessions.loop), Introduction.UNKNOWN,
				this.other);
		Handshake handshake = new Handshake(session);
		handshake.serializer("brackets");
		assertThatIllegalArgumentException().isThrownBy(() -> handshake.serializer("json"))
			.withMessage("The serializer cannot be 'json': the protocol of the client requires 'brackets'");
		assertThat(session.payloads()).isSameAs(this.other);
	}

	@Test
	void aMemberOfAGroupKeepsItsSerializer() {
		this.sessions.registry.allPayloads().addChoice(new Payloads(new Brackets("chosen")));
		Handshake handshake = new Handshake(this.sessions.create("{}"));
		this.lobby.add(handshake.session());
		assertThatIllegalStateException().isThrownBy(() -> handshake.serializer("chosen"))
			.withMessageContaining("before it joins a group");
	}

	private static Bodies bodies(Payloads payloads) {
		return new Bodies(payloads.reader(String.class), payloads.writer(String.class));
	}

	private static Request request(Session session, Route route, String body) {
		return new Request(session, Message.request(5, "room.join", bytes(body)), Map.of(), route, 1000);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
