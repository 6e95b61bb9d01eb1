/**
 * API. Services as Spring beans: those that implement one are offered, and callers are
 * injected by their interface.
 */
@NullMarked
package io.nanogame.spring.service;

import org.jspecify.annotations.NullMarked;
