/**
 * API. Spring Security for the game: authentication of sessions, and authorisation in
 * handlers. Requires Spring Security on the class path.
 */
@NullMarked
package io.nanogame.spring.security;

import org.jspecify.annotations.NullMarked;
