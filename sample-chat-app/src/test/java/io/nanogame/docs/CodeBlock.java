package io.nanogame.docs;

import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a page.
 *
 * @param language what stands behind the fence, perhaps nothing
 * @param snippet what the comment above the fence names, or null
 * @param code what is inside
 */
record CodeBlock(String language, @Nullable String snippet, String code) {

	/** Without the indentation all lines share, and without blank lines around it. */
	static String normalized(String code) {
		return code.stripTrailing().stripIndent().strip();
	}

}
