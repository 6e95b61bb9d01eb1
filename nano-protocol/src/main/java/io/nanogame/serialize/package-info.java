/**
 * SPI. Objects to bytes and back: JSON, protobuf, raw, or a serializer of your own.
 */
@NullMarked
package io.nanogame.serialize;

import org.jspecify.annotations.NullMarked;
