package io.nanogame.cli.repl;

import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Writes above the line that is being typed. Any thread. */
final class Screen {

	private static final AttributedStyle ERROR = AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

	private static final AttributedStyle NEWS = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);

	private static final AttributedStyle WIRE = AttributedStyle.DEFAULT.faint();

	private final LineReader reader;

	Screen(LineReader reader) {
		this.reader = reader;
	}

	void say(String text) {
		this.reader.printAbove(text);
	}

	void error(String text) {
		print(text, ERROR);
	}

	/** What the server did without being asked. */
	void news(String text) {
		print(text, NEWS);
	}

	void wire(String text) {
		print(text, WIRE);
	}

	private void print(String text, AttributedStyle style) {
		AttributedString styled = new AttributedStringBuilder().styled(style, text).toAttributedString();
		this.reader.printAbove(styled);
	}

}
