package io.nanogame.benchmarks.soak;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.nanogame.boot.autoconfigure.NanoServerStartedEvent;
import io.nanogame.boot.autoconfigure.NanoServerStoppedEvent;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.RequestException;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;
import io.netty.util.internal.PlatformDependent;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/**
 * The app under test: rooms with numbered chat messages, and echo handlers of all kinds.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ SoakApp.Rooms.class, SoakApp.Echoes.class, SoakApp.Health.class })
public class SoakApp {

	/**
	 * Printed when the app has stopped, followed by the number of requests it has read.
	 */
	static final String STOPPED = "requests read ";

	public static void main(String[] args) {
		new SpringApplicationBuilder(SoakApp.class).web(WebApplicationType.NONE).run(args);
	}

	@EventListener
	void started(NanoServerStartedEvent event) {
		System.out.println(AppProcess.READY + event.port());
	}

	@EventListener
	void stopped(NanoServerStoppedEvent event) {
		System.out.println(STOPPED + event.server().traffic().received(MessageType.REQUEST));
	}

	/** Rooms, all on one lane, so that the numbers need no lock. */
	@GameComponent(value = "room", lane = "rooms")
	static class Rooms {

		private static final String ROOM = "room";

		private final Map<String, Room> rooms = new ConcurrentHashMap<>();

		private final Groups groups;

		Rooms(Groups groups) {
			this.groups = groups;
		}

		/**
		 * Replies with the number of the last message before those that the new member
		 * will receive.
		 */
		@Handler
		Chat join(Session session, Chat request) {
			Room room = this.rooms.computeIfAbsent(request.text(), (name) -> new Room(this.groups.create(name)));
			room.members.add(session);
			session.attributes().set(ROOM, room);
			return new Chat(room.number, "joined");
		}

		@Handler
		void chat(Session session, Chat chat) {
			if (session.attributes().get(ROOM) instanceof Room room) {
				room.number++;
				room.members.broadcast("onChat", new Chat(room.number, chat.text()));
			}
		}

		/** Replies with the number of the last message that the member has received. */
		@Handler
		Chat leave(Session session) {
			if (!(session.attributes().get(ROOM) instanceof Room room)) {
				throw new RequestException(409, "not in a room");
			}
			room.members.leave(session);
			session.attributes().remove(ROOM);
			return new Chat(room.number, "left");
		}

		private static final class Room {

			private final Group members;

			private long number;

			Room(Group members) {
				this.members = members;
			}

		}

	}

	/** Handlers on different threads and with different outcomes. */
	@GameComponent("echo")
	static class Echoes {

		@Handler
		Chat lane(Chat chat) {
			return chat;
		}

		@NonBlocking
		@Handler
		Chat loop(Chat chat) {
			return chat;
		}

		@Handler
		CompletableFuture<Chat> soon(Chat chat) {
			return new CompletableFuture<Chat>().completeOnTimeout(chat, 5, TimeUnit.MILLISECONDS);
		}

		@Handler
		void refuse() {
			throw new RequestException(403, "refused");
		}

		@Handler
		void kick(Session session) {
			session.kick("as you wish");
		}

	}

	/** Memory values that only the process itself can read. */
	@GameComponent("health")
	static class Health {

		/** A provider, because the server is created after its components. */
		private final ObjectProvider<GameServer> server;

		Health(ObjectProvider<GameServer> server) {
			this.server = server;
		}

		@Handler
		Memory memory(Chat request) {
			if (request.number() > 0) {
				System.gc();
			}
			long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
				.stream()
				.filter((pool) -> pool.getName().equals("direct"))
				.mapToLong(BufferPoolMXBean::getMemoryUsed)
				.sum();
			return new Memory(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
					direct + Math.max(0, PlatformDependent.usedDirectMemory()),
					this.server.getObject().traffic().openConnections());
		}

	}

	/**
	 * A numbered message.
	 *
	 * @param number the number of a message in its room; any number for an echo
	 * @param text any text
	 */
	public record Chat(long number, String text) {
	}

	/**
	 * The used memory.
	 *
	 * @param heap the used heap, in bytes
	 * @param direct the memory outside of the heap, in bytes
	 * @param connections the open connections
	 */
	public record Memory(long heap, long direct, long connections) {
	}

}
