/**
 * API. Services of the game, on this node and others.
 */
@NullMarked
package io.nanogame.boot.autoconfigure.service;

import org.jspecify.annotations.NullMarked;
