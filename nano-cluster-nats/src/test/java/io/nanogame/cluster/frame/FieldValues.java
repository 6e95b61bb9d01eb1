package io.nanogame.cluster.frame;

import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.session.EncodedAttribute;
import io.nanogame.session.Introduction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of frames as JSON, by the names of their components.
 */
final class FieldValues {

	private FieldValues() {
	}

	static ObjectNode of(Frame frame) {
		return (ObjectNode) JsonMapper.shared()
			.readTree(JsonMapper.shared().writeValueAsString(fields((Record) frame)));
	}

	private static Map<String, @Nullable Object> fields(Record values) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		for (RecordComponent component : values.getClass().getRecordComponents()) {
			Object value = value(component, values);
			if (value instanceof EarlierOrders before) {
				fields.putAll(fields((Record) before));
			}
			else {
				fields.put(component.getName(), field(component, value));
			}
		}
		return fields;
	}

	private static @Nullable Object value(RecordComponent component, Record values) {
		try {
			component.getAccessor().setAccessible(true);
			return component.getAccessor().invoke(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable Object field(RecordComponent component, @Nullable Object value) {
		if (component.getType() == Object.class) {
			return attribute(value);
		}
		return component.getName().equals("attributes") ? attributes((Map<?, ?>) value) : field(value);
	}

	private static @Nullable Object field(@Nullable Object value) {
		if (value instanceof byte[] bytes) {
			return hex(bytes);
		}
		if (value instanceof Duration duration) {
			return duration.toMillis();
		}
		if (value instanceof InetSocketAddress address) {
			return (address.isUnresolved() ? "unknown" : address.getAddress().getHostAddress()) + " "
					+ address.getPort();
		}
		if (value instanceof Introduction introduction) {
			return JsonMapper.shared()
				.readTree(new HandshakeRequest(introduction.client(), introduction.userPart()).toJson());
		}
		if (value instanceof Set<?> names) {
			return new TreeSet<>(names);
		}
		if (value instanceof List<?> list) {
			return list.stream().map(FieldValues::field).toList();
		}
		return (value instanceof Record nested) ? fields(nested) : value;
	}

	/** A long run of one byte is written as the byte and its number. */
	private static String hex(byte[] bytes) {
		for (byte each : bytes) {
			if (each != bytes[0] || bytes.length < 100) {
				return HexFormat.of().formatHex(bytes);
			}
		}
		return (bytes.length > 0) ? HexFormat.of().toHexDigits(bytes[0]) + " x " + bytes.length : "";
	}

	private static @Nullable Object attribute(@Nullable Object value) {
		if (value == null) {
			return null;
		}
		return (value instanceof EncodedAttribute encoded) ? Map.of("Encoded", hex(encoded.bytes()))
				: Map.of(value.getClass().getSimpleName(), value);
	}

	private static Map<String, @Nullable Object> attributes(Map<?, ?> attributes) {
		Map<String, @Nullable Object> map = new TreeMap<>();
		attributes.forEach((name, value) -> map.put((String) name, attribute(value)));
		return map;
	}

}
