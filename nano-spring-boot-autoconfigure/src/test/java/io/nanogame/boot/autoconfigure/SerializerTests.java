package io.nanogame.boot.autoconfigure;

import java.util.List;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

import static org.assertj.core.api.Assertions.assertThat;

class SerializerTests {

	private final ApplicationContextRunner app = GameRunner.create();

	@Test
	void anAppSpeaksJsonByDefault() {
		this.app.run((context) -> assertThat(serializer(context)).isInstanceOf(JsonSerializer.class));
	}

	@Test
	void anAppCanSpeakProtobuf() {
		this.app.withPropertyValues("nano.serializer=protobuf")
			.run((context) -> assertThat(serializer(context)).isInstanceOf(ProtobufSerializer.class));
	}

	@Test
	void anAppCanSpeakRaw() {
		this.app.withPropertyValues("nano.serializer=raw")
			.run((context) -> assertThat(serializer(context)).isInstanceOf(RawSerializer.class));
	}

	@Test
	void theOnlySerializerOfTheAppNeedsNoKey() {
		Serializer own = new RawSerializer();
		this.app.withBean("own", Serializer.class, () -> own)
			.run((context) -> assertThat(serializer(context)).isSameAs(own));
	}

	@Test
	void theKeyChoosesAmongTheSerializersOfTheApp() {
		Serializer own = new RawSerializer();
		this.app.withBean("own", Serializer.class, () -> own)
			.withBean("other", Serializer.class, RawSerializer::new)
			.withPropertyValues("nano.serializer=own")
			.run((context) -> assertThat(serializer(context)).isSameAs(own));
	}

	@Test
	void theKeyCanSelectJson() {
		this.app.withBean("own", Serializer.class, RawSerializer::new)
			.withPropertyValues("nano.serializer=json")
			.run((context) -> assertThat(serializer(context)).isInstanceOf(JsonSerializer.class));
	}

	@Test
	void aSerializerOfTheAppMayReplaceOneByItsName() {
		Serializer own = new RawSerializer();
		this.app.withBean("json", Serializer.class, () -> own)
			.withBean("other", Serializer.class, RawSerializer::new)
			.withPropertyValues("nano.serializer=json")
			.run((context) -> assertThat(serializer(context)).isSameAs(own));
	}

	@Test
	void anUnknownSerializerIsRefusedWithTheKnownOnes() {
		this.app.withBean("own", Serializer.class, RawSerializer::new)
			.withPropertyValues("nano.serializer=jsn")
			.run(refused("jsn", "json", "raw", "protobuf", "own"));
	}

	@Test
	void twoSerializerBeansWithoutAKeyAreRejected() {
		this.app.withBean("one", Serializer.class, RawSerializer::new)
			.withBean("two", Serializer.class, RawSerializer::new)
			.run(refused(null, "one", "two"));
	}

	@Test
	void protobufIsUnknownWithoutItsLibrary() {
		this.app.withClassLoader(new FilteredClassLoader("com.google.protobuf"))
			.withPropertyValues("nano.serializer=protobuf")
			.run(refused("protobuf", "json", "raw"));
	}

	@Test
	void additionalSerializersCanBeChosenByHandshakes() {
		this.app.withPropertyValues("nano.additional-serializers=raw,protobuf")
			.run((context) -> assertThat(SessionRegistry.of(context.getBean(Sessions.class)).allPayloads().names())
				.containsExactly("json", "raw", "protobuf"));
	}

	@Test
	void anAdditionalSerializerOfTheAppIsNotItsOwn() {
		this.app.withBean("pb", Serializer.class, ProtobufSerializer::new)
			.withPropertyValues("nano.additional-serializers=pb")
			.run((context) -> {
				assertThat(serializer(context)).isInstanceOf(JsonSerializer.class);
				assertThat(SessionRegistry.of(context.getBean(Sessions.class)).allPayloads().names())
					.containsExactly("json", "protobuf");
			});
	}

	@Test
	void anUnknownAdditionalSerializerIsRefusedWithTheKnownOnes() {
		this.app.withPropertyValues("nano.additional-serializers=jsn").run(refused("jsn", "json", "raw", "protobuf"));
	}

	@Test
	void twoSerializersThatClientsKnowByOneNameEndTheStart() {
		this.app.withPropertyValues("nano.additional-serializers=json")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("nano.additional-serializers")
				.hasMessageContaining("two serializers that clients know as 'json'"));
	}

	@Test
	void aHandlerThatAnAdditionalSerializerCannotReadEndsTheStart() {
		this.app.withBean(Room.class)
			.withPropertyValues("nano.additional-serializers=protobuf")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("is not a generated protobuf message, and the serializer is protobuf"));
	}

	private static ContextConsumer<AssertableApplicationContext> refused(@Nullable String serializer, String... known) {
		return (context) -> assertThat(context.getStartupFailure()).rootCause()
			.isInstanceOfSatisfying(UnknownSerializerException.class, (ex) -> {
				assertThat(ex.serializer()).isEqualTo(serializer);
				assertThat(ex.known()).isEqualTo(List.of(known));
			});
	}

	private static Serializer serializer(AssertableApplicationContext context) {
		return context.getBean(Payloads.class).serializer();
	}

}
