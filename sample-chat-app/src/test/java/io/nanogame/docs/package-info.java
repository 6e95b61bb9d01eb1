/**
 * Internal. Shows that the documentation says the truth: its snippets are compiled and
 * run here.
 */
@NullMarked
package io.nanogame.docs;

import org.jspecify.annotations.NullMarked;
