package io.nanogame.limit;

/**
 * The rules for names that a game chooses: uids, groups, services and their instances.
 * Thread-safe.
 */
public final class Names {

	/**
	 * The maximum length of a name, in characters as {@link String#length()} counts them.
	 */
	public static final int MAX_LENGTH = 8192;

	private Names() {
	}

	/**
	 * Checks a name. Names may come from clients, so the exception message does not
	 * contain them.
	 * @param what the kind of name, as the start of the exception message, such as
	 * {@code A uid}
	 * @param name the name
	 * @return the name
	 * @throws IllegalArgumentException when it is too long, or contains an unpaired
	 * surrogate, which other nodes could not read
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
