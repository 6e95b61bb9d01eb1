package io.nanogame.cluster.bus;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Names of any length and any characters are safe in subjects.
 */
class SubjectsProperties {

	private static final int LONGEST = 8192;

	/**
	 * Letters, what NATS gives a meaning to, what ends a line, and more than one byte.
	 */
	private static final String[] CHARACTERS = { "x", ".", "*", ">", " ", "\r\n", "\0", "~", "é", "😀" };

	private final Subjects subjects = new Subjects("c".repeat(64), "n".repeat(64) + "-zzzzz");

	private static String name(String character, int length) {
		return character.repeat(length / character.length() + 1).substring(0, length);
	}

	private List<String> all(String name) {
		String node = "n".repeat(64) + "-" + "z".repeat(5);
		return Stream
			.of(Topics.user(name), Topics.group(name), Topics.presence(name), Topics.service(name),
					Topics.serviceOn(name, name), Topics.serviceOn(name, node), Topics.serviceAt(name, name),
					Topics.allServices(name), Topics.node(name), Topics.lost(name),
					Topics.unheard(Topics.encoded(name)), Topics.answer(node, "1"))
			.map(this.subjects::own)
			.toList();
	}

	@Property(tries = 1000)
	void aNameOfAnyLengthIsOneShortToken(@ForAll @IntRange(max = LONGEST) int length,
			@ForAll @IntRange(max = 9) int character) {
		String name = name(CHARACTERS[character], length);
		assertThat(Topics.encoded(name)).matches("[A-Za-z0-9_~-]{1,171}");
		assertThat(all(name)).allSatisfy((subject) -> assertThat(subject).matches("[A-Za-z0-9_~.-]{1,800}")
			.doesNotContain("..")
			.doesNotEndWith("."));
	}

	@Property(tries = 1000)
	void aNameOfAnyCharactersIsOneShortToken(@ForAll String name) {
		assertThat(Topics.encoded(name)).matches("[A-Za-z0-9_~-]{1,171}");
	}

	@Test
	void noTwoNamesHaveTheSameToken() {
		Map<String, String> names = new HashMap<>();
		for (int length = 0; length <= LONGEST; length++) {
			for (String character : List.of("x", "é", "~")) {
				String name = name(character, length);
				String other = names.put(Topics.encoded(name), name);
				assertThat(other == null || other.equals(name)).isTrue();
			}
		}
	}

	@Test
	void aShortNameIsReadFromItsTokenAndALongOneIsNot() {
		assertThat(Topics.decoded(Topics.encoded("a b.c"))).isEqualTo("a b.c");
		assertThat(Topics.decoded(Topics.encoded(name("x", 128)))).isEqualTo(name("x", 128));
		String token = Topics.encoded(name("x", 129));
		assertThat(Topics.decoded(token)).isEqualTo(token).startsWith("~");
	}

	@Test
	void aNodeIsCalledAsItCallsItself() {
		assertThat(Topics.node("big-room-7f3")).isEqualTo("node.big-room.7f3");
		assertThat(Subjects.lastNode(this.subjects.own(Topics.lost("big-room-7f3")))).isEqualTo("big-room-7f3");
	}

	@Test
	void aSubjectContainsItsSender() {
		String subject = new Subjects("test", "big-room-7f3").own(Topics.user("ann"));
		assertThat(subject).startsWith("nano.test.big-room.7f3.user.");
		assertThat(Subjects.sender(subject)).isEqualTo("big-room-7f3");
	}

	@Test
	void aNodeHasANameAndANumber() {
		for (String id : List.of("", "room", "room-", "-7", "a.b-7", "room-7.8")) {
			assertThat(Subjects.isNode(id)).as(id).isFalse();
			assertThatIllegalArgumentException().isThrownBy(() -> new Subjects("test", id));
		}
	}

	@Test
	void aClusterHasAShortName() {
		for (String name : List.of("", "a.b", "c".repeat(65))) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Subjects(name, "room-1"));
		}
	}

	@Test
	void natsTakesTheSubjectsOfNamesOfAnyLength() throws Exception {
		try (NatsServer nats = new NatsServer();
				NatsBus link = NatsBus.connect(Options.builder().server(nats.url()).maxReconnects(-1))) {
			var heard = new LinkedBlockingQueue<String>();
			BusReader reader = link.newReader();
			for (int length = 0; length <= LONGEST; length += 512) {
				for (String character : CHARACTERS) {
					String name = name(character, length);
					for (String subject : all(name)) {
						Runnable end = reader.subscribe(subject,
								(message) -> heard.add(new String(message.body(), StandardCharsets.UTF_8)));
						link.publish(subject, subject.getBytes(StandardCharsets.UTF_8));
						assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(subject);
						end.run();
					}
				}
			}
			assertThat(link.reconnects()).isZero();
		}
	}

}
