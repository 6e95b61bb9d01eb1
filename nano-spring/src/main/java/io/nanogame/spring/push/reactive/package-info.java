/**
 * Internal. The push API in a WebFlux app.
 */
@NullMarked
package io.nanogame.spring.push.reactive;

import org.jspecify.annotations.NullMarked;
