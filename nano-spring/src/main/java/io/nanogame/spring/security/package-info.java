/**
 * API. Spring Security for the game: who is logged in with a session, and what handlers
 * let them do. Needs Spring Security on the class path.
 */
@NullMarked
package io.nanogame.spring.security;

import org.jspecify.annotations.NullMarked;
