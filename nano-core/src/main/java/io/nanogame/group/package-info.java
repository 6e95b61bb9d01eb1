/**
 * API. Groups of sessions, and pushes to their members.
 */
@NullMarked
package io.nanogame.group;

import org.jspecify.annotations.NullMarked;
