package io.nanogame.spring.push;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

import io.nanogame.group.Audience;
import io.nanogame.text.WireText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses the requests of callers. The payload is not parsed: its bytes are copied
 * unchanged, except for characters that some clients cannot read in UTF-8, see
 * {@link WireText}.
 */
final class PushRequestReader {

	private static final int MAX_ROUTE_BYTES = 255;

	private final JsonMapper json = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

	private final int maxUsers;

	PushRequestReader(int maxUsers) {
		this.maxUsers = maxUsers;
	}

	/**
	 * Parses a request.
	 * @param target the target that its path names
	 * @param body its JSON
	 * @return the request
	 * @throws PushRefusedException when it is invalid
	 */
	PushRequest read(PushTarget target, byte[] body) {
		checkEncoding(body);
		try (JsonParser parser = this.json.createParser(body)) {
			return read(target, body, parser);
		}
		catch (JacksonException ex) {
			throw PushRefusedException.invalid("The body is no JSON" + ((ex.getLocation() != null)
					? ", see line %d, column %d".formatted(ex.getLocation().getLineNr(), ex.getLocation().getColumnNr())
					: ""));
		}
	}

	/**
	 * Rejects other encodings. The parser would accept UTF-16, too, and the payload would
	 * then be sent to clients as UTF-16.
	 */
	private static void checkEncoding(byte[] body) {
		try {
			if (StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString().indexOf(0) >= 0) {
				throw new CharacterCodingException();
			}
		}
		catch (CharacterCodingException ex) {
			throw PushRefusedException.invalid("The body is not in UTF-8");
		}
	}

	private PushRequest read(PushTarget target, byte[] source, JsonParser parser) {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw PushRefusedException.invalid("The body must be a JSON object");
		}
		Audience audience = (target == PushTarget.ALL) ? new Audience.Everybody() : null;
		String route = null;
		byte[] payload = null;
		String field;
		while ((field = parser.nextName()) != null) {
			parser.nextToken();
			switch (field) {
				case "route" -> route = text(field, parser);
				case "body" -> payload = single(payload, raw(source, parser));
				case "bytes" -> payload = single(payload, bytes(parser));
				default -> audience = audience(target, field, parser);
			}
		}
		if (parser.nextToken() != null) {
			throw PushRefusedException.invalid("Something follows the JSON object");
		}
		if (audience == null) {
			throw missing(audienceField(target));
		}
		if (payload == null) {
			throw missing("body' or 'bytes");
		}
		return new PushRequest(audience, checked(route), payload);
	}

	private Audience audience(PushTarget target, String field, JsonParser parser) {
		if (!field.equals(audienceField(target))) {
			throw PushRefusedException.invalid("There is no field '%s' here".formatted(field));
		}
		return switch (target) {
			case USER -> new Audience.Players(Set.of(text(field, parser)));
			case USERS -> new Audience.Players(uids(field, parser));
			case GROUP -> new Audience.GroupMembers(text(field, parser));
			case ALL -> new Audience.Everybody();
		};
	}

	private static String audienceField(PushTarget target) {
		return switch (target) {
			case USER -> "uid";
			case USERS -> "uids";
			case GROUP -> "group";
			case ALL -> "";
		};
	}

	private Set<String> uids(String field, JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw PushRefusedException.invalid("The field '%s' must be a list of texts".formatted(field));
		}
		Set<String> uids = new LinkedHashSet<>();
		int count = 0;
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			uids.add(text(field, parser));
			if (++count > this.maxUsers) {
				throw PushRefusedException
					.invalid("The field '%s' has more than %d entries".formatted(field, this.maxUsers));
			}
		}
		if (uids.isEmpty()) {
			throw PushRefusedException.invalid("The field '%s' is empty".formatted(field));
		}
		return uids;
	}

	private static String text(String field, JsonParser parser) {
		if (parser.currentToken() != JsonToken.VALUE_STRING || parser.getString().isEmpty()) {
			throw PushRefusedException.invalid("The field '%s' must be text, and not empty".formatted(field));
		}
		return parser.getString();
	}

	private static byte[] raw(byte[] source, JsonParser parser) {
		long start = parser.currentTokenLocation().getByteOffset();
		parser.skipChildren();
		parser.finishToken();
		int end = (int) parser.currentLocation().getByteOffset();
		return WireText.escapeJson(Arrays.copyOfRange(source, (int) start, end));
	}

	private static byte[] bytes(JsonParser parser) {
		String text = (parser.currentToken() == JsonToken.VALUE_STRING) ? parser.getString() : null;
		try {
			if (text != null) {
				return Base64.getDecoder().decode(text);
			}
		}
		catch (IllegalArgumentException ex) {
			// Reported below.
		}
		throw PushRefusedException.invalid("The field 'bytes' must be base64");
	}

	private static byte[] single(byte @Nullable [] previous, byte[] next) {
		if (previous != null) {
			throw PushRefusedException.invalid("There must be 'body' or 'bytes', not both");
		}
		return next;
	}

	private static String checked(@Nullable String route) {
		if (route == null) {
			throw missing("route");
		}
		if (route.getBytes(StandardCharsets.UTF_8).length > MAX_ROUTE_BYTES) {
			throw PushRefusedException.invalid("The field 'route' has more than %d bytes".formatted(MAX_ROUTE_BYTES));
		}
		return route;
	}

	private static PushRefusedException missing(String field) {
		return PushRefusedException.invalid("The field '%s' is missing".formatted(field));
	}

}
