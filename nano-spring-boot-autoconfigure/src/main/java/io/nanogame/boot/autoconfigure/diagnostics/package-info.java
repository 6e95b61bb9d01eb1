/**
 * Internal. Analyzers of failed starts, which describe the failure and the action to
 * take.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
