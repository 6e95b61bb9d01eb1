/**
 * API. Makes a game server of a Spring Boot app: properties, beans, lifecycle.
 */
@NullMarked
package io.nanogame.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
