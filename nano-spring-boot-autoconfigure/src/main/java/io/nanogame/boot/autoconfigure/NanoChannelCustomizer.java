package io.nanogame.boot.autoconfigure;

import java.util.function.Consumer;

import io.netty.channel.Channel;

/**
 * Customizes each channel of the game port before its first byte is read, for example
 * with a handler that counts its bytes. All beans of this type are called in their order,
 * on the event loop; they must not block.
 */
@FunctionalInterface
public interface NanoChannelCustomizer extends Consumer<Channel> {

}
