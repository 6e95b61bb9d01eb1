package io.nanogame.cli.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.nanogame.text.WireText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Converts payloads between their textual form and bytes. */
public final class Payload {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final String HEX = "0x";

	private Payload() {
	}

	/**
	 * Parses a typed payload.
	 * @param text JSON, or bytes such as {@code 0x0a05}; {@code null} or blank for an
	 * empty payload
	 * @return the bytes, or {@code null} for an empty payload
	 * @throws IllegalArgumentException if the text is neither; the message is meant for
	 * the user
	 */
	public static byte @Nullable [] parse(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		String given = text.strip();
		if (given.startsWith(HEX)) {
			return HexFormat.of().parseHex(given.substring(HEX.length()));
		}
		try {
			return WireText.escapeJson(JSON.writeValueAsBytes(JSON.readTree(given)));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("%s is not JSON: %s".formatted(given, ex.getOriginalMessage()), ex);
		}
	}

	/**
	 * Formats a payload for display.
	 * @param body JSON, other text, or any bytes
	 * @return indented JSON; text unchanged; bytes as {@code 0x0a05}; empty for an empty
	 * body
	 */
	public static String show(byte[] body) {
		if (body.length == 0) {
			return "";
		}
		try {
			return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(body));
		}
		catch (JacksonException ex) {
			return showOther(body);
		}
	}

	private static String showOther(byte[] body) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
			if (text.chars().noneMatch((c) -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
				return text;
			}
		}
		catch (CharacterCodingException ex) {
			// Not text: shown as hex.
		}
		return HEX + HexFormat.of().formatHex(body);
	}

}
