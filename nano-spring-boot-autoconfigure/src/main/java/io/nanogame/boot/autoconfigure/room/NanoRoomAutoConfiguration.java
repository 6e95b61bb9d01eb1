package io.nanogame.boot.autoconfigure.room;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoResumeProperties;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.boot.autoconfigure.service.NanoServiceAutoConfiguration;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.node.DrainTask;
import io.nanogame.node.Nodes;
import io.nanogame.node.SessionRouting;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.service.Services;
import io.nanogame.session.Sessions;
import io.nanogame.spring.room.ClientMessages;
import io.nanogame.spring.room.ClientRooms;
import io.nanogame.spring.room.CurrentRoom;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.RoomAccess;
import io.nanogame.spring.room.RoomKinds;
import io.nanogame.spring.room.RoomListener;
import io.nanogame.spring.room.RoomObserver;
import io.nanogame.spring.room.RoomParts;
import io.nanogame.spring.room.RoomPlacement;
import io.nanogame.spring.room.RoomSessions;
import io.nanogame.spring.room.RoomSettings;
import io.nanogame.spring.room.Rooms;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Configures the rooms of a server.
 */
@AutoConfiguration(after = { NanoAutoConfiguration.class, NanoServiceAutoConfiguration.class },
		before = NanoServerAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "nano.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NanoRoomProperties.class)
public final class NanoRoomAutoConfiguration {

	@Bean
	static CurrentRoom nanoCurrentRoom() {
		return new CurrentRoom();
	}

	@Bean
	RoomKinds nanoRoomKinds(ListableBeanFactory beans) {
		return new RoomKinds(beans);
	}

	@Bean
	RoomSessions nanoRoomSessions(RoomKinds kinds) {
		return new RoomSessions(kinds);
	}

	/** The parts that may depend on the components of the server are requested later. */
	@Bean
	RoomParts nanoRoomParts(Lanes lanes, Timers timers, Payloads payloads, ObjectProvider<JsonMapper> mapper,
			ObjectProvider<RoomObserver> observers, ObjectProvider<RoomPlacement> placements, BeanFactory beans) {
		JsonMapper json = mapper.getIfAvailable(JsonMapper::shared);
		boolean isJson = payloads.serializer() instanceof JsonSerializer;
		return new RoomParts(lanes, timers, json,
				new ClientMessages(isJson ? payloads : new Payloads(new JsonSerializer(json))),
				observers.getIfAvailable(() -> RoomObserver.NONE),
				placements.getIfAvailable(() -> RoomPlacement.LEAST_SESSIONS),
				new RoomParts.Network(() -> beans.getBean(Groups.class), () -> beans.getBean(Services.class),
						() -> beans.getBean(Nodes.class), () -> beans.getBean(SessionRouting.class)));
	}

	@Bean
	GameRooms nanoGameRooms(RoomKinds kinds, RoomParts parts, BeanFactory beans, NanoRoomProperties properties,
			NanoResumeProperties resume) {
		return new GameRooms(kinds, parts, beans,
				new RoomSettings(Checks.atLeastOne("nano.room.max", properties.max()), resume.window()));
	}

	/** Only servers with clients have players to notify. */
	@Bean
	@ConditionalOnBooleanProperty(name = "nano.server.enabled", matchIfMissing = true)
	SmartInitializingSingleton nanoLostRooms(GameRooms rooms, BeanFactory beans,
			ObjectProvider<RoomListener> listeners) {
		return () -> rooms.watch(() -> beans.getBean(Sessions.class), () -> beans.getBean(GameServer.class),
				listeners.orderedStream().toList());
	}

	@Bean
	DrainTask nanoRoomDepartures(GameRooms rooms) {
		return rooms.departures();
	}

	@Bean
	@ConditionalOnMissingBean
	Rooms nanoRooms(GameRooms rooms) {
		return rooms.rooms();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("nano.room.client-access")
	RoomAccess nanoRoomAccess() {
		return (session, action, kind) -> true;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("nano.room.client-access")
	ClientRooms nanoClientRooms(Rooms rooms, RoomAccess access, RoomParts parts) {
		return new ClientRooms(rooms, access, parts.messages());
	}

}
