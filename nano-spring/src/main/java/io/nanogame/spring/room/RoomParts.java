package io.nanogame.spring.room;

import java.util.function.Supplier;

import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.node.Nodes;
import io.nanogame.node.SessionRouting;
import io.nanogame.service.Services;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts of the engine that rooms need.
 *
 * @param lanes creates the lanes of rooms
 * @param timers the timers of rooms
 * @param mapper the mapper of the application
 * @param messages writes messages for clients
 * @param observer receives what rooms do
 * @param placement selects the nodes of rooms
 * @param network the parts that span nodes
 */
public record RoomParts(Lanes lanes, Timers timers, JsonMapper mapper, ClientMessages messages, RoomObserver observer,
		RoomPlacement placement, Network network) {

	/**
	 * The parts that span nodes. They may depend on the components of the server, so they
	 * are supplied later.
	 *
	 * @param groups the groups of clients
	 * @param services calls other nodes
	 * @param nodes the nodes
	 * @param routing routes messages of players to the nodes of their rooms
	 */
	public record Network(Supplier<Groups> groups, Supplier<Services> services, Supplier<Nodes> nodes,
			Supplier<SessionRouting> routing) {
	}

}
