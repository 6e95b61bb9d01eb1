package io.nanogame.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The one way to print in a log what a client sent: on one line, short, and without signs
 * that a terminal or a log viewer obeys.
 */
public final class ClientText {

	/** Longer texts are cut. */
	private static final int MAX_LENGTH = 64;

	private ClientText() {
	}

	/**
	 * Makes a text fit for a log.
	 * @param text what a client sent, or what was made of it; may be null
	 * @return at most 64 of its characters, those that do not print as
	 * <code>&#92;u</code> and four digits, with {@code ...} when it was cut
	 */
	public static String printable(@Nullable String text) {
		if (text == null) {
			return "null";
		}
		int end = Math.min(text.length(), MAX_LENGTH);
		int plain = 0;
		while (plain < end && isPlain(text.charAt(plain))) {
			plain++;
		}
		return (plain == text.length()) ? text : escaped(text, end);
	}

	private static String escaped(String text, int end) {
		StringBuilder printed = new StringBuilder(end + 16);
		int i = 0;
		while (i < end) {
			int sign = text.codePointAt(i);
			int next = i + Character.charCount(sign);
			if (isPrintable(sign) && next <= end) {
				printed.appendCodePoint(sign);
			}
			else {
				escape(printed, text, i, Math.min(next, end));
			}
			i = next;
		}
		return ((text.length() > end) ? printed.append("...") : printed).toString();
	}

	private static void escape(StringBuilder printed, String text, int from, int to) {
		for (int i = from; i < to; i++) {
			printed.append("\\u%04x".formatted((int) text.charAt(i)));
		}
	}

	/** The signs that all but attackers send. */
	private static boolean isPlain(char sign) {
		return sign >= ' ' && sign <= '~' && sign != '\\';
	}

	private static boolean isPrintable(int sign) {
		if (sign < 0x80) {
			return isPlain((char) sign);
		}
		return switch (Character.getType(sign)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
