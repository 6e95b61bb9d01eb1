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
 * The app under test: rooms that speak in numbered words, and echoes of all kinds.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ SoakApp.Rooms.class, SoakApp.Echoes.class, SoakApp.Health.class })
public class SoakApp {

	/** What it prints when clients can connect, followed by the port. */
	static final String READY = "listens on ";

	/** What it prints when it has stopped, followed by how many requests it has read. */
	static final String STOPPED = "requests read ";

	public static void main(String[] args) {
		new SpringApplicationBuilder(SoakApp.class).web(WebApplicationType.NONE).run(args);
	}

	@EventListener
	void started(NanoServerStartedEvent event) {
		System.out.println(READY + event.port());
	}

	@EventListener
	void stopped(NanoServerStoppedEvent event) {
		System.out.println(STOPPED + event.server().traffic().received(MessageType.REQUEST));
	}

	/** Rooms, all on one lane: numbers need no lock. */
	@GameComponent(value = "room", lane = "rooms")
	static class Rooms {

		private static final String ROOM = "room";

		private final Map<String, Room> rooms = new ConcurrentHashMap<>();

		private final Groups groups;

		Rooms(Groups groups) {
			this.groups = groups;
		}

		/** The number of the last words before those that the new member will hear. */
		@Handler
		Said join(Session session, Said request) {
			Room room = this.rooms.computeIfAbsent(request.words(), (name) -> new Room(this.groups.create(name)));
			room.members.add(session);
			session.attributes().set(ROOM, room);
			return new Said(room.number, "joined");
		}

		@Handler
		void say(Session session, Said said) {
			if (session.attributes().get(ROOM) instanceof Room room) {
				room.number++;
				room.members.broadcast("onSaid", new Said(room.number, said.words()));
			}
		}

		/** The number of the last words that the member has heard. */
		@Handler
		Said leave(Session session) {
			if (!(session.attributes().get(ROOM) instanceof Room room)) {
				throw new RequestException(409, "not in a room");
			}
			room.members.leave(session);
			session.attributes().remove(ROOM);
			return new Said(room.number, "left");
		}

		private static final class Room {

			private final Group members;

			private long number;

			Room(Group members) {
				this.members = members;
			}

		}

	}

	/** Handlers that run in different places, and end in different ways. */
	@GameComponent("echo")
	static class Echoes {

		@Handler
		Said lane(Said said) {
			return said;
		}

		@NonBlocking
		@Handler
		Said loop(Said said) {
			return said;
		}

		@Handler
		CompletableFuture<Said> soon(Said said) {
			return new CompletableFuture<Said>().completeOnTimeout(said, 5, TimeUnit.MILLISECONDS);
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

	/** What only the process itself knows. */
	@GameComponent("health")
	static class Health {

		/** Not there yet when its components are made. */
		private final ObjectProvider<GameServer> server;

		Health(ObjectProvider<GameServer> server) {
			this.server = server;
		}

		@Handler
		Memory memory(Said request) {
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
	 * Words with a number.
	 *
	 * @param number counts the words of a room; of an echo any
	 * @param words any
	 */
	public record Said(long number, String words) {
	}

	/**
	 * What is in use.
	 *
	 * @param heap in bytes
	 * @param direct memory outside of the heap, in bytes
	 * @param connections of clients
	 */
	public record Memory(long heap, long direct, long connections) {
	}

}
