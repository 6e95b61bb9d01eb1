package io.nanogame.cluster;

import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.trace.Tracing;

/**
 * What an app determines about its cluster. Called on threads that must not block.
 *
 * @param principals converts principals
 * @param strategy selects nodes
 * @param tracing traces messages across nodes
 */
public record ClusterHooks(PrincipalCodec principals, RoutingStrategy strategy, Tracing tracing) {
}
