package io.nanogame.cluster.bus;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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

	private final Subjects subjects = new Subjects("c".repeat(64));

	private static String name(String character, int length) {
		return character.repeat(length / character.length() + 1).substring(0, length);
	}

	private List<String> all(String name) {
		String node = "n".repeat(64) + "-" + "z".repeat(5);
		return List.of(this.subjects.user(name), this.subjects.group(name), this.subjects.presence(name),
				this.subjects.service(name), this.subjects.serviceOn(name, name), this.subjects.serviceOn(name, node),
				this.subjects.serviceAt(name, name), this.subjects.allServices(name), this.subjects.node(name),
				this.subjects.lost(node, name), this.subjects.unheard(node, Subjects.encoded(name)));
	}

	@Property(tries = 1000)
	void aNameOfAnyLengthIsOneShortToken(@ForAll @IntRange(max = LONGEST) int length,
			@ForAll @IntRange(max = 9) int character) {
		String name = name(CHARACTERS[character], length);
		assertThat(Subjects.encoded(name)).matches("[A-Za-z0-9_~-]{1,171}");
		assertThat(all(name)).allSatisfy((subject) -> assertThat(subject).matches("[A-Za-z0-9_~.-]{1,700}")
			.doesNotContain("..")
			.doesNotEndWith("."));
	}

	@Property(tries = 1000)
	void aNameOfAnyCharactersIsOneShortToken(@ForAll String name) {
		assertThat(Subjects.encoded(name)).matches("[A-Za-z0-9_~-]{1,171}");
	}

	@Test
	void noTwoNamesHaveTheSameToken() {
		Map<String, String> names = new HashMap<>();
		for (int length = 0; length <= LONGEST; length++) {
			for (String character : List.of("x", "é", "~")) {
				String name = name(character, length);
				String other = names.put(Subjects.encoded(name), name);
				assertThat(other == null || other.equals(name)).isTrue();
			}
		}
	}

	@Test
	void aShortNameIsReadFromItsTokenAndALongOneIsNot() {
		assertThat(Subjects.decoded(Subjects.encoded("a b.c"))).isEqualTo("a b.c");
		assertThat(Subjects.decoded(Subjects.encoded(name("x", 128)))).isEqualTo(name("x", 128));
		String token = Subjects.encoded(name("x", 129));
		assertThat(Subjects.decoded(token)).isEqualTo(token).startsWith("~");
	}

	@Test
	void aNodeIsCalledAsItCallsItself() {
		assertThat(this.subjects.node("room-7f3")).endsWith(".node.room-7f3");
		assertThat(this.subjects.allLost("gate-1")).endsWith(".lost.gate-1.*");
	}

	@Test
	void aClusterHasAShortName() {
		for (String name : List.of("", "a.b", "c".repeat(65))) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Subjects(name));
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
