/**
 * API. Services: parts of the game that are called by name, each with its own mailbox, on
 * this node or another.
 */
@NullMarked
package io.nanogame.service;

import org.jspecify.annotations.NullMarked;
