/**
 * Internal. Services of other nodes, called over NATS.
 */
@NullMarked
package io.nanogame.cluster.service;

import org.jspecify.annotations.NullMarked;
