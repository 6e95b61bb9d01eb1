package io.nanogame.spring.room;

import java.util.Map;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON objects as protobuf's message {@code google.protobuf.Struct}, in which all numbers
 * are {@code double}.
 */
final class ProtobufJsonObject {

	/** Integers up to this one are exact. */
	private static final double MAX_INTEGER = 1L << 53;

	private ProtobufJsonObject() {
	}

	static Struct struct(JsonNode object) {
		Struct.Builder struct = Struct.newBuilder();
		for (Map.Entry<String, JsonNode> member : object.properties()) {
			// The library logs a warning for text that is not valid Unicode.
			struct.putFields(ByteString.copyFromUtf8(member.getKey()).toStringUtf8(), value(member.getValue()));
		}
		return struct.build();
	}

	private static Value value(JsonNode node) {
		Value.Builder value = Value.newBuilder();
		switch (node.getNodeType()) {
			case OBJECT -> value.setStructValue(struct(node));
			case ARRAY -> value.setListValue(list(node));
			case NUMBER -> value.setNumberValue(node.doubleValue());
			case BOOLEAN -> value.setBoolValue(node.booleanValue());
			case NULL, MISSING -> value.setNullValue(NullValue.NULL_VALUE);
			default -> value.setStringValueBytes(ByteString.copyFromUtf8(node.asString()));
		}
		return value.build();
	}

	private static ListValue list(JsonNode array) {
		ListValue.Builder list = ListValue.newBuilder();
		array.forEach((element) -> list.addValues(value(element)));
		return list.build();
	}

	static ObjectNode json(Struct struct) {
		ObjectNode object = JsonNodeFactory.instance.objectNode();
		struct.getFieldsMap().forEach((name, value) -> object.set(name, json(value)));
		return object;
	}

	private static JsonNode json(Value value) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		return switch (value.getKindCase()) {
			case STRUCT_VALUE -> json(value.getStructValue());
			case LIST_VALUE -> json(value.getListValue());
			case NUMBER_VALUE -> number(value.getNumberValue());
			case BOOL_VALUE -> nodes.booleanNode(value.getBoolValue());
			case STRING_VALUE -> nodes.stringNode(value.getStringValue());
			case NULL_VALUE, KIND_NOT_SET -> nodes.nullNode();
		};
	}

	private static JsonNode json(ListValue list) {
		ArrayNode array = JsonNodeFactory.instance.arrayNode();
		list.getValuesList().forEach((value) -> array.add(json(value)));
		return array;
	}

	private static JsonNode number(double value) {
		boolean isInteger = value == Math.rint(value) && Math.abs(value) <= MAX_INTEGER;
		return isInteger ? JsonNodeFactory.instance.numberNode((long) value)
				: JsonNodeFactory.instance.numberNode(value);
	}

}
