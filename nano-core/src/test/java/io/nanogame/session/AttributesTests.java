package io.nanogame.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.nanogame.limit.Limit;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class AttributesTests {

	private final Attributes attributes = new Attributes(new Limit("attributes", 0), (name, value) -> {
	});

	@Test
	void whatIsSetIsThereUntilItIsRemoved() {
		this.attributes.set("hero", "knight");
		assertThat(this.attributes.get("hero")).isEqualTo("knight");
		assertThat(this.attributes.has("hero")).isTrue();
		assertThat(this.attributes.size()).isOne();
		this.attributes.set("hero", "mage");
		assertThat(this.attributes.remove("hero")).isEqualTo("mage");
		assertThat(this.attributes.has("hero")).isFalse();
		assertThat(this.attributes.remove("hero")).isNull();
		assertThat(this.attributes.size()).isZero();
	}

	@Test
	void numbersAreReadAsWhateverNumberIsAsked() {
		this.attributes.set("gold", 7L);
		this.attributes.set("speed", 1.5);
		assertThat(this.attributes.getInt("gold")).isEqualTo(7);
		assertThat(this.attributes.getLong("gold")).isEqualTo(7L);
		assertThat(this.attributes.getDouble("gold")).isEqualTo(7.0);
		assertThat(this.attributes.getDouble("speed")).isEqualTo(1.5);
		assertThat(this.attributes.getInt("speed")).isEqualTo(1);
	}

	@Test
	void textAndTruthAreReadAsSuch() {
		this.attributes.set("name", "ann");
		this.attributes.set("ready", true);
		assertThat(this.attributes.getString("name")).isEqualTo("ann");
		assertThat(this.attributes.getBoolean("ready")).isTrue();
	}

	@Test
	void whatIsNotThereIsZeroEmptyFalseOrNull() {
		assertThat(this.attributes.getInt("x")).isZero();
		assertThat(this.attributes.getLong("x")).isZero();
		assertThat(this.attributes.getDouble("x")).isZero();
		assertThat(this.attributes.getString("x")).isEmpty();
		assertThat(this.attributes.getBoolean("x")).isFalse();
		assertThat(this.attributes.get("x")).isNull();
		assertThat(this.attributes.get("x", String.class)).isNull();
	}

	@Test
	void aValueOfAnotherTypeIsRefusedByItsName() {
		this.attributes.set("gold", "seven");
		List<Runnable> reads = List.of(() -> this.attributes.get("gold", Number.class),
				() -> this.attributes.computeIfAbsent("gold", Number.class, (name) -> 7));
		for (Runnable read : reads) {
			assertThatExceptionOfType(ClassCastException.class).isThrownBy(read::run)
				.withMessage("Attribute 'gold' is a java.lang.String, not a java.lang.Number");
		}
	}

	@Test
	void aTypedGetterTakesAValueOfAnotherTypeForNone() {
		this.attributes.set("gold", "seven");
		assertThat(this.attributes.getInt("gold")).isZero();
		assertThat(this.attributes.getLong("gold")).isZero();
		assertThat(this.attributes.getDouble("gold")).isZero();
		assertThat(this.attributes.getBoolean("gold")).isFalse();
		this.attributes.set("gold", 7);
		assertThat(this.attributes.getString("gold")).isEmpty();
		this.attributes.set("gold", encoded("{}"));
		assertThat(this.attributes.getInt("gold")).isZero();
		assertThat(this.attributes.getString("gold")).isEmpty();
	}

	@Test
	void whatWasSetElsewhereAndCannotBeBuiltIsRefusedByItsName() {
		this.attributes.set("team", encoded("{}"));
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> this.attributes.get("team", Session.class))
			.withMessage("Attribute 'team' was set on another node and cannot be read as a " + Session.class.getName());
	}

	private static EncodedAttribute encoded(String json) {
		return new EncodedAttribute(json.getBytes(StandardCharsets.UTF_8),
				new Payloads(new JsonSerializer(JsonMapper.shared())));
	}

	@Test
	void aLocalValueIsNoPartOfTheStateThatLeaves() {
		List<String> changes = new ArrayList<>();
		this.attributes.observe((name, value) -> changes.add(name + "=" + value));
		Object room = new Object();
		this.attributes.setLocal("room", room);
		this.attributes.set("gold", 7);
		assertThat(this.attributes.get("room")).isSameAs(room);
		assertThat(this.attributes.has("room")).isTrue();
		assertThat(this.attributes.size()).isEqualTo(2);
		assertThat(this.attributes.state()).isEqualTo(Map.of("gold", 7));
		this.attributes.accept("room", null);
		assertThat(this.attributes.remove("room")).as("another node knows nothing of it").isSameAs(room);
		assertThat(changes).containsExactly("gold=7");
	}

	@Test
	void aNameIsEitherLocalOrNot() {
		List<String> changes = new ArrayList<>();
		this.attributes.observe((name, value) -> changes.add(name + "=" + value));
		this.attributes.set("room", 1);
		this.attributes.setLocal("room", 2);
		this.attributes.setLocal("room", 3);
		this.attributes.set("room", 4);
		assertThat(this.attributes.getInt("room")).isEqualTo(4);
		assertThat(changes).containsExactly("room=1", "room=null", "room=4");
	}

	@Test
	void whatMayNotTravelIsRefusedAndChangesNothing() {
		Attributes checked = new Attributes(new Limit("attributes", 0), (name, value) -> {
			if (value instanceof Runnable) {
				throw new IllegalArgumentException(name);
			}
		});
		Runnable live = () -> {
		};
		checked.set("room", 1);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> checked.set("room", live));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> checked.restore(Map.of("room", 2, "live", live)));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> checked.computeIfAbsent("live", Runnable.class, (name) -> live));
		assertThat(checked.state()).isEqualTo(Map.of("room", 1));
		checked.setLocal("live", live);
		assertThat(checked.get("live")).isSameAs(live);
	}

	@Test
	void aValueOfASubtypeWillDo() {
		this.attributes.set("items", List.of("sword"));
		assertThat((Object) this.attributes.get("items", Collection.class)).isEqualTo(List.of("sword"));
	}

	@Test
	void namesAndValuesAreNeverNull() {
		Object nothing = null;
		String nobody = null;
		assertThatNullPointerException().isThrownBy(() -> this.attributes.set("x", nothing));
		assertThatNullPointerException().isThrownBy(() -> this.attributes.set(nobody, 1));
	}

	@Test
	void aMissingValueIsMadeOnce() {
		AtomicInteger made = new AtomicInteger();
		for (int i = 0; i < 3; i++) {
			String value = this.attributes.computeIfAbsent("id", String.class, (name) -> name + made.incrementAndGet());
			assertThat(value).isEqualTo("id1");
		}
	}

	@Test
	void aMissingValueIsMadeOnceByManyThreads() {
		AtomicInteger made = new AtomicInteger();
		List<CompletableFuture<Integer>> values = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.supplyAsync(
					() -> this.attributes.computeIfAbsent("id", Integer.class, (name) -> made.incrementAndGet())))
			.toList();
		assertThat(values).allSatisfy((value) -> assertThat(value.join()).isOne());
	}

	@Test
	void oneNameTooManyIsRefusedAndCounted() {
		Limit limit = new Limit("attributes", 2);
		Attributes few = new Attributes(limit, (name, value) -> {
		});
		few.set("gold", 1);
		assertThat(few.computeIfAbsent("name", String.class, (name) -> "ann")).isEqualTo("ann");
		assertThatExceptionOfType(TooManyAttributesException.class).isThrownBy(() -> few.set("new", 1))
			.withMessage("A session may have 2 attributes, and no more");
		assertThatExceptionOfType(TooManyAttributesException.class)
			.isThrownBy(() -> few.computeIfAbsent("new", Integer.class, (name) -> 1));
		assertThatExceptionOfType(TooManyAttributesException.class)
			.isThrownBy(() -> few.restore(Map.of("a", 1, "b", 2, "c", 3)));
		assertThat(limit.timesExceeded()).isEqualTo(3);
		few.set("gold", 2);
		assertThat(few.state()).isEqualTo(Map.of("gold", 2, "name", "ann"));
		few.remove("name");
		few.set("new", 3);
		few.restore(Map.of("a", 1, "b", 2));
		assertThat(few.size()).isEqualTo(2);
	}

	@Test
	void manyThreadsTogetherSetNoMoreThanTheyMay() {
		Attributes few = new Attributes(new Limit("attributes", 10), (name, value) -> {
		});
		List<CompletableFuture<Void>> writers = IntStream.range(0, 100)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> few.set("name" + i, i)))
			.toList();
		assertThat(writers.stream().filter((writer) -> writer.handle((done, failure) -> failure == null).join()))
			.hasSize(10);
		assertThat(few.size()).isEqualTo(10);
	}

	@Test
	void theStateIsACopyThatCanBeRestored() {
		this.attributes.set("gold", 7);
		this.attributes.set("name", "ann");
		Map<String, Object> state = this.attributes.state();
		this.attributes.set("gold", 8);
		this.attributes.set("new", 1);
		this.attributes.remove("name");
		assertThat(state).isEqualTo(Map.of("gold", 7, "name", "ann"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> state.put("gold", 9));
		this.attributes.restore(state);
		assertThat(this.attributes.state()).isEqualTo(state);
		this.attributes.clear();
		assertThat(this.attributes.size()).isZero();
	}

	@Test
	void theStateCanBeTakenWhileOthersWrite() {
		// Names of one bucket: one that is removed and set again meanwhile may be met
		// twice.
		List<String> names = List.of("AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa", "BBAaBB");
		names.forEach((name) -> this.attributes.set(name, 1));
		this.attributes.set("BBBBBB", 2);
		AtomicBoolean taken = new AtomicBoolean();
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
			while (!taken.get()) {
				names.forEach((name) -> this.attributes.set(name, this.attributes.remove(name)));
			}
		});
		try {
			for (int i = 0; i < 200_000; i++) {
				assertThat(this.attributes.state().get("BBBBBB")).isEqualTo(2);
			}
		}
		finally {
			taken.set(true);
		}
		writer.join();
	}

}
