/**
 * API. Game components as Spring beans: annotated methods become routes at startup.
 */
@NullMarked
package io.nanogame.spring;

import org.jspecify.annotations.NullMarked;
