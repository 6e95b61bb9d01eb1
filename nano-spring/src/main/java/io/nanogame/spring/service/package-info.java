/**
 * API. Services as Spring beans: implementations are offered, and callers are injected by
 * their interface.
 */
@NullMarked
package io.nanogame.spring.service;

import org.jspecify.annotations.NullMarked;
