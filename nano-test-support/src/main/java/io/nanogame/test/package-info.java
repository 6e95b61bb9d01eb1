/**
 * Internal. What the tests of all modules share; never on a production class path.
 */
@NullMarked
package io.nanogame.test;

import org.jspecify.annotations.NullMarked;
