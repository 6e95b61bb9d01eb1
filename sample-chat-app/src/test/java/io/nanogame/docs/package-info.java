/**
 * Internal. Tests of the documentation: its snippets are compiled and run here.
 */
@NullMarked
package io.nanogame.docs;

import org.jspecify.annotations.NullMarked;
