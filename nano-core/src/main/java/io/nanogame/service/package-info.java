/**
 * API. Parts of the game that others call by name: each with a mailbox of its own, on
 * this node or another.
 */
@NullMarked
package io.nanogame.service;

import org.jspecify.annotations.NullMarked;
