/**
 * Internal. The bus on NATS, and the only code that knows its client.
 */
@NullMarked
package io.nanogame.cluster.bus.nats;

import org.jspecify.annotations.NullMarked;
