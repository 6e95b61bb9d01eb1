/**
 * Internal. Utilities shared by the tests of all modules; never on a production class
 * path.
 */
@NullMarked
package io.nanogame.test;

import org.jspecify.annotations.NullMarked;
