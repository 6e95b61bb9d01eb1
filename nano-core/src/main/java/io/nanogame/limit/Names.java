package io.nanogame.limit;

/**
 * The limits of names a game gives: uids, groups, services and their instances. Any
 * thread.
 */
public final class Names {

	/** The longest name, in characters as {@link String#length()} counts them. */
	public static final int MAX_LENGTH = 8192;

	private Names() {
	}

	/**
	 * Checks a name where it is given. Names may come from clients, so the message does
	 * not repeat them.
	 * @param what what is named, as the message begins, such as {@code A uid}
	 * @param name the name
	 * @return the name
	 * @throws IllegalArgumentException when it is too long, or holds half of a surrogate
	 * pair, which no other node could read
	 */
	public static String check(String what, String name) {
		if (name.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("%s must not be longer than %d characters, and this one has %d"
				.formatted(what, MAX_LENGTH, name.length()));
		}
		if (!isUnicode(name)) {
			throw new IllegalArgumentException("%s must not hold half of a surrogate pair".formatted(what));
		}
		return name;
	}

	private static boolean isUnicode(String name) {
		for (int i = 0; i < name.length(); i++) {
			char unit = name.charAt(i);
			if (!Character.isSurrogate(unit)) {
				continue;
			}
			boolean isPair = Character.isHighSurrogate(unit) && i + 1 < name.length()
					&& Character.isLowSurrogate(name.charAt(i + 1));
			if (!isPair) {
				return false;
			}
			i++;
		}
		return true;
	}

}
