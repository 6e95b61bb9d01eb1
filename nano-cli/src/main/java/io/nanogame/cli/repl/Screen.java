package io.nanogame.cli.repl;

import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Prints above the line that is being typed. Thread-safe. */
final class Screen {

	private static final AttributedStyle ERROR = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

	private static final AttributedStyle EVENT = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);

	private static final AttributedStyle WIRE = AttributedStyle.DEFAULT.faint();

	private final LineReader reader;

	Screen(LineReader reader) {
		this.reader = reader;
	}

	void print(String text) {
		this.reader.printAbove(text);
	}

	void error(String text) {
		print(text, ERROR);
	}

	/** Prints an event that is not the result of a command, such as a push. */
	void event(String text) {
		print(text, EVENT);
	}

	void wire(String text) {
		print(text, WIRE);
	}

	private void print(String text, AttributedStyle style) {
		AttributedString styled = new AttributedStringBuilder().styled(style, text).toAttributedString();
		this.reader.printAbove(styled);
	}

}
