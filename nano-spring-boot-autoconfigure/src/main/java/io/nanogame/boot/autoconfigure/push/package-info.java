/**
 * API. Opens the push API in a web app.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.push;

import org.jspecify.annotations.NullMarked;
