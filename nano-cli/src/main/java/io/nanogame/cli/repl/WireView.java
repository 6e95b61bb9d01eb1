package io.nanogame.cli.repl;

import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

import io.nanogame.client.WireTap;

/** Formats packets as hex, with printable characters beside. */
final class WireView implements WireTap {

	private static final String[] TYPES = { "?", "handshake", "handshake-ack", "heartbeat", "data", "kick" };

	private static final int BYTES_PER_LINE = 16;

	private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

	private final boolean typed;

	private final Consumer<String> screen;

	/**
	 * Creates a view.
	 * @param typed whether packets begin with their type
	 * @param screen receives the lines of a packet
	 */
	WireView(boolean typed, Consumer<String> screen) {
		this.typed = typed;
		this.screen = screen;
	}

	@Override
	public void packet(boolean sent, byte[] packet) {
		StringBuilder text = new StringBuilder();
		String type = this.typed ? TYPES[packet[0]] : "packet";
		text.append(String.format(Locale.ROOT, "%s %s, %d bytes", sent ? "->" : "<-", type, packet.length));
		for (int from = 0; from < packet.length; from += BYTES_PER_LINE) {
			int to = Math.min(packet.length, from + BYTES_PER_LINE);
			text.append(String.format(Locale.ROOT, "%n   %-47s  %s", HEX.formatHex(packet, from, to),
					printable(packet, from, to)));
		}
		this.screen.accept(text.toString());
	}

	private static String printable(byte[] packet, int from, int to) {
		StringBuilder text = new StringBuilder();
		for (int i = from; i < to; i++) {
			text.append((packet[i] >= ' ' && packet[i] <= '~') ? (char) packet[i] : '.');
		}
		return text.toString();
	}

}
