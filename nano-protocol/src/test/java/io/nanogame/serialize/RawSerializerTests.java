package io.nanogame.serialize;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RawSerializerTests {

	private final RawSerializer serializer = new RawSerializer();

	@Test
	void itsNameIsWhatClientsAreTold() {
		assertThat(this.serializer.name()).isEqualTo("raw");
	}

	@Test
	void textIsUtf8() {
		byte[] bytes = "h\u00e9".getBytes(StandardCharsets.UTF_8);
		assertThat(this.serializer.serialize("h\u00e9")).isEqualTo(bytes);
		assertThat(this.serializer.reader(String.class).read(bytes)).isEqualTo("h\u00e9");
		assertThat(this.serializer.reader(String.class).read(new byte[0])).isEqualTo("");
	}

	@Test
	void textIsReadInTheFormOfBrowserClientsToo() {
		byte[] bytes = HexFormat.of().parseHex("61eda0bdedb88062");
		assertThat(this.serializer.reader(String.class).read(bytes)).isEqualTo("a😀b");
		assertThat(this.serializer.serialize("a😀b")).isEqualTo("a😀b".getBytes(StandardCharsets.UTF_8));
		assertThat(this.serializer.reader(String.class).read(new byte[] { 'a', (byte) 0xFF })).isEqualTo("a\uFFFD");
	}

	@Test
	void nothingElseCanBeWrittenOrRead() {
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> this.serializer.serialize(7))
			.withMessage("The raw serializer writes byte[] and String, not java.lang.Integer");
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer.reader(List.class))
			.withMessage("The raw serializer reads byte[] and String, not java.util.List");
	}

	@Test
	void anAnswerThatHasNothingToSayIsEmpty() {
		assertThat(this.serializer.empty()).isEmpty();
	}

	@Test
	void anErrorIsJsonBecauseItHasToBeSomething() {
		byte[] error = this.serializer.serializeError(ErrorBody.of(404, "gone", false));
		assertThat(new String(error, StandardCharsets.UTF_8)).isEqualTo("{\"code\":404,\"msg\":\"gone\"}");
	}

}
