package io.nanogame.spring.room;

import java.util.List;

import com.google.protobuf.CodedOutputStream;
import io.nanogame.serialize.SerializationException;
import io.nanogame.test.Mutations;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The protobuf that clients send to {@code rooms.*}, which may be any bytes.
 */
class ProtobufRequestsTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final JsonNode OPTIONS = JSON.readTree(
			"""
					{"map":"islands","size":3,"half":0.5,"big":1e300,"on":true,"no":null,"list":[1,[{"x":-1}],"y"],"in":{"deep":{}}}
					""");

	private static byte[] request(JsonNode options) {
		return ProtobufFields
			.write((fields) -> fields.text(1, "pond").text(2, "room").object(3, options).number(4, 20).number(5, 10));
	}

	@Test
	void eachFieldIsRead() {
		RoomRequest request = ProtobufRequests.read(request(OPTIONS));
		assertThat(request.kind()).isEqualTo("pond");
		assertThat(request.room()).isEqualTo("room");
		assertThat(request.offset()).isEqualTo(20);
		assertThat(request.limit()).isEqualTo(10);
		assertThat(JSON.readTree(String.valueOf(request.options()))).isEqualTo(OPTIONS);
	}

	@Test
	void fieldsMayBeAbsentOrUnknown() {
		assertThat(ProtobufRequests.read(new byte[0])).isEqualTo(RoomRequest.EMPTY);
		assertThat(ProtobufRequests.read(ProtobufFields.write((fields) -> fields.text(9, "new").flag(10, true))))
			.isEqualTo(RoomRequest.EMPTY);
	}

	@Test
	void anyOtherBytesAreNoRequest() {
		Mutations.tryAll(List.of(request(OPTIONS), request(JSON.createObjectNode())), 10_000, (body) -> {
			try {
				RoomRequest request = ProtobufRequests.read(body);
				JsonNode options = request.options();
				if (options != null) {
					ProtobufFields.write((fields) -> fields.object(3, options));
				}
			}
			catch (SerializationException expected) {
				// the request fails with 400
			}
		});
	}

	@Test
	void optionsThatAreNestedTooDeeplyAreNoRequest() throws Exception {
		byte[] struct = new byte[0];
		for (int depth = 0; depth < 1_000; depth++) {
			struct = field(1, field(2, field(5, struct)));
		}
		byte[] body = field(3, struct);
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> ProtobufRequests.read(body));
	}

	private static byte[] field(int number, byte[] value) throws Exception {
		byte[] bytes = new byte[CodedOutputStream.computeByteArraySize(number, value)];
		CodedOutputStream.newInstance(bytes).writeByteArray(number, value);
		return bytes;
	}

}
