package io.nanogame.cluster;

import io.nanogame.group.GroupSettings;
import io.nanogame.lane.Timers;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Sessions;

/**
 * The parts of the server of a node that the cluster uses.
 *
 * @param payloads the server's payloads, which all nodes have in common
 * @param sessions the sessions of the server
 * @param timers the timers of the server
 * @param groups the settings of all groups
 */
public record LocalServer(Payloads payloads, Sessions sessions, Timers timers, GroupSettings groups) {
}
