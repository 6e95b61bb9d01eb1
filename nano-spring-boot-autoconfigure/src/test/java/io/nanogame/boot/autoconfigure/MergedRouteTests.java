package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.util.function.Consumer;

import com.google.protobuf.ListValue;
import com.google.protobuf.StringValue;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.MergedRoutes;
import io.nanogame.session.MergedRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys {@code nano.push.merge}.
 */
class MergedRouteTests {

	private final ApplicationContextRunner app = GameRunner.create();

	private static ContextConsumer<AssertableApplicationContext> routes(Consumer<MergedRoutes> assertions) {
		return (context) -> assertions.accept(context.getBean(GroupSettings.class).merged());
	}

	private static ContextConsumer<AssertableApplicationContext> refused(String problem, String action) {
		return (context) -> assertThat(context.getStartupFailure()).rootCause()
			.isInstanceOfSatisfying(InvalidMergedRouteException.class, (ex) -> {
				assertThat(ex).hasMessageContaining(problem);
				assertThat(ex.action()).contains(action);
			});
	}

	@Test
	void noRouteIsMergedByDefault() {
		this.app.run(routes((merged) -> assertThat(merged.isEmpty()).isTrue()));
	}

	@Test
	void routesHaveTheirWindows() {
		this.app
			.withPropertyValues("nano.push.merge[room.onChat]=50", "nano.push.merge.onGift=1s",
					"nano.push.merge-field=list")
			.run(routes((merged) -> {
				assertThat(merged.find("room.onChat")).extracting(MergedRoute::window).isEqualTo(Duration.ofMillis(50));
				assertThat(merged.find("onGift")).extracting(MergedRoute::window).isEqualTo(Duration.ofSeconds(1));
				assertThat(merged.find("onGift").form().field()).isEqualTo("list");
				assertThat(merged.find("onNews")).isNull();
			}));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nano.push.merge[onChat] | 0ms    | 1 ms to 5 s
			nano.push.merge[onChat] | -50ms  | 1 ms to 5 s
			nano.push.merge[onChat] | 5001ms | 1 ms to 5 s
			nano.push.merge-field   | a b    | letters, digits and underscores
			""")
	void anInvalidValueIsReportedWithItsKey(String key, String value, String reason) {
		this.app.withPropertyValues(key + "=" + value).run(InvalidValue.reported(key, reason));
	}

	@Test
	void aPushIsNotLongerThanThePacketsOfAPort() {
		this.app.withPropertyValues("nano.push.merge[onChat]=50ms")
			.run(routes((merged) -> assertThat(merged.find("onChat").maxLength()).isEqualTo(32 * 1024)));
		this.app
			.withPropertyValues("nano.push.merge[onChat]=50ms", "nano.listeners.games.port=0",
					"nano.listeners.games.protocols=length-id", "nano.listeners.games.ids.onChat=1",
					"nano.listeners.games.websocket.enabled=false", "nano.listeners.games.length-id.length-bytes=2",
					"nano.listeners.games.length-id.length-counts=packet", "nano.listeners.other.port=0",
					"nano.listeners.other.protocols=length-id", "nano.listeners.other.ids.onChat=1",
					"nano.listeners.other.websocket.enabled=false", "nano.listeners.other.length-id.length-bytes=1")
			.run(routes((merged) -> assertThat(merged.find("onChat").maxLength()).isEqualTo(255)));
	}

	@ParameterizedTest
	@CsvSource({ "nano.serializer, raw", "nano.additional-serializers, raw" })
	void aSerializerWithoutListsEndsTheStart(String key, String serializer) {
		this.app.withPropertyValues("nano.push.merge[onChat]=50ms", key + "=" + serializer)
			.run(refused("'nano.push.merge[onChat]' is set, but the serializer 'raw'", "Remove the key"));
	}

	@ParameterizedTest
	@CsvSource({ "nano.serializer", "nano.additional-serializers" })
	void protobufRequiresAMessage(String key) {
		ApplicationContextRunner protobuf = this.app.withPropertyValues("nano.push.merge[onChat]=50ms",
				key + "=protobuf");
		protobuf.run(refused("the serializer 'protobuf'", "new MergedMessage(\"onChat\""));
		protobuf.withBean(MergedMessage.class, "onChat", StringValue.class)
			.run(refused("StringValue has no field 'repeated <message> items'", "nano.push.merge-field"));
		protobuf.withPropertyValues("nano.push.merge-field=values")
			.withBean(MergedMessage.class, "onChat", ListValue.class)
			.run(routes((merged) -> assertThat(merged.find("onChat").form().isWrittenBy("protobuf")).isTrue()));
	}

	@Test
	void aRouteHasOneMessage() {
		this.app.withPropertyValues("nano.push.merge[onChat]=50ms", "nano.push.merge-field=values")
			.withBean("one", MergedMessage.class, "onChat", ListValue.class)
			.withBean("two", MergedMessage.class, "onChat", ListValue.class)
			.run(refused("more than one MergedMessage", "one bean for each route"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aMessageOfARouteThatIsNotMergedIsLogged(CapturedOutput output) {
		this.app.withBean(MergedMessage.class, "onChat", ListValue.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce(
				"MergedMessage of the route 'onChat' has no effect without the key 'nano.push.merge[onChat]'");
	}

}
