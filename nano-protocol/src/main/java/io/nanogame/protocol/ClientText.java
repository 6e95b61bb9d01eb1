package io.nanogame.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from clients safe for logs: on one line, short, and without characters that
 * control a terminal or a log viewer. All such text is logged through this class.
 */
public final class ClientText {

	/** Longer texts are truncated. */
	private static final int MAX_LENGTH = 64;

	private ClientText() {
	}

	/**
	 * Returns a text in a form that is safe to log.
	 * @param text text that a client sent or that derives from it; may be null
	 * @return at most 64 of its characters; non-printable ones as <code>&#92;u</code> and
	 * four digits; followed by {@code ...} if it was truncated
	 */
	public static String printable(@Nullable String text) {
		return printable(text, MAX_LENGTH);
	}

	/**
	 * Returns a text in a form that is safe to log, with a maximum length of its own.
	 * @param text text that a client sent or that derives from it; may be null
	 * @param maxLength the maximum number of its characters
	 * @return the text as {@link #printable(String)} returns it
	 */
	public static String printable(@Nullable String text, int maxLength) {
		if (text == null) {
			return "null";
		}
		int end = Math.min(text.length(), maxLength);
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
			int codePoint = text.codePointAt(i);
			int next = i + Character.charCount(codePoint);
			if (isPrintable(codePoint) && next <= end) {
				printed.appendCodePoint(codePoint);
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

	/**
	 * Covers everything that well-behaved clients send, so that most texts are not
	 * copied.
	 */
	private static boolean isPlain(char ch) {
		return ch >= ' ' && ch <= '~' && ch != '\\';
	}

	private static boolean isPrintable(int codePoint) {
		if (codePoint < 0x80) {
			return isPlain((char) codePoint);
		}
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
