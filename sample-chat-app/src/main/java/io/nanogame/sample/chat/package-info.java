/**
 * API. nano's chat demo: named rooms, changes of their members, and traffic reports.
 */
@NullMarked
package io.nanogame.sample.chat;

import org.jspecify.annotations.NullMarked;
