package io.nanogame.boot.autoconfigure;

import java.util.function.UnaryOperator;

import reactor.netty.tcp.TcpServer;

/**
 * Customizes the TCP server of the game port, such as its socket options. All beans of
 * this type are applied in their order, while the server starts.
 */
@FunctionalInterface
public interface NanoServerCustomizer extends UnaryOperator<TcpServer> {

}
