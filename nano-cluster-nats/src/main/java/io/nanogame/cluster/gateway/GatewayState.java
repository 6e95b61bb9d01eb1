package io.nanogame.cluster.gateway;

import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.SessionTransfer.Routes;

/**
 * What a gateway knows of a session, when it moves to another one.
 *
 * @param snapshot the state of the session
 * @param routes the nodes that know it
 */
public record GatewayState(SessionSnapshot snapshot, Routes routes) {

}
