package io.nanogame.serialize;

import java.util.HexFormat;
import java.util.Map;

import com.google.protobuf.UnknownFieldSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProtobufSerializerTests {

	private final ProtobufSerializer serializer = new ProtobufSerializer();

	@Test
	void itsNameIsWhatClientsAreTold() {
		assertThat(this.serializer.name()).isEqualTo("protobuf");
	}

	@Test
	void whatIsNoMessageCanBeNeitherWrittenNorRead() {
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> this.serializer.serialize(Map.of()))
			.withMessageStartingWith("Not a protobuf message: java.util.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.serializer.reader(String.class))
			.withMessage("java.lang.String is not a generated protobuf message, and the serializer is protobuf");
	}

	@Test
	void anAnswerThatHasNothingToSayIsAnEmptyMessage() {
		assertThat(this.serializer.empty()).isEmpty();
	}

	@Test
	void anErrorIsPitayasMessage() {
		byte[] pitaya = this.serializer.serializeError(ErrorBody.of(404, "gone", true));
		assertThat(HexFormat.of().formatHex(pitaya)).isEqualTo("0a07" + "5049542d343034" + "1204" + "676f6e65");
		byte[] other = this.serializer.serializeError(ErrorBody.of(500, "h\u00e9", false));
		assertThat(HexFormat.of().formatHex(other)).isEqualTo("0a03" + "353030" + "1203" + "68c3a9");
	}

	@Test
	void anErrorIsReadableByProtobuf() throws Exception {
		String words = "x".repeat(300);
		UnknownFieldSet fields = UnknownFieldSet
			.parseFrom(this.serializer.serializeError(ErrorBody.of(400, words, true)));
		assertThat(fields.getField(1).getLengthDelimitedList().get(0).toStringUtf8()).isEqualTo("PIT-400");
		assertThat(fields.getField(2).getLengthDelimitedList().get(0).toStringUtf8()).isEqualTo(words);
	}

}
