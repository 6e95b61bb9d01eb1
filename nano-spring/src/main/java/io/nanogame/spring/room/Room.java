package io.nanogame.spring.room;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timer;
import io.nanogame.session.Session;

/**
 * The engine's side of one room. Unless a method states otherwise, only the lane of the
 * room may call it, on which everything in a {@link GameRoom} runs; calls of other
 * threads throw {@link IllegalStateException}.
 *
 * @param <S> the state: a class with a constructor without parameters, of which each
 * client in the room has a copy. Its fields that are not {@code transient} are sent, as
 * JSON: numbers, texts, booleans, records, other such objects, collections and maps. Null
 * is the same as absent. {@link Void} for a room without a state
 */
public interface Room<S> {

	/**
	 * Returns the id, which is unique in the cluster. Any thread.
	 * @return up to 100 characters of ASCII, without spaces
	 */
	String id();

	/** Returns the kind. Any thread. */
	String kind();

	/**
	 * Returns the options with which the room was created.
	 * @param type the type to read them as
	 * @param <T> the type
	 * @return the options
	 * @throws IllegalArgumentException when they cannot be read as the type; in the
	 * constructor, creating the room fails with 400 then
	 */
	<T> T options(Class<T> type);

	/**
	 * Returns the state. Changes are sent after each tick or, in a room without ticks,
	 * after each message.
	 * @return always the same object
	 * @throws IllegalStateException when the room has no state
	 */
	S state();

	/** Sends the changes of the state now. */
	void sync();

	/**
	 * Returns the players in the order of their joining, also those without a connection.
	 */
	List<Session> players();

	/** Returns the spectators in the order of their joining. */
	List<Session> spectators();

	/** Returns the seats as they are now. */
	Seats seats();

	/**
	 * Accepts no new players, or accepts them again. Reserved seats stay reserved.
	 * @param locked whether the room is locked
	 */
	void lock(boolean locked);

	/**
	 * Removes the room from lists and from those that {@link Rooms#joinOrCreate} selects
	 * from, or adds it again. Players who have its id can still join.
	 * @param hidden whether the room is hidden
	 */
	void hide(boolean hidden);

	/**
	 * Publishes a property of the room in lists.
	 * @param name the name
	 * @param value a value that can be written as JSON; must not be modified later
	 */
	void metadata(String name, Object value);

	/**
	 * Pushes to all players and spectators.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 */
	void broadcast(String route, Object payload);

	/**
	 * Pushes to all players and spectators but one.
	 * @param but the session that does not receive it
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 */
	void broadcastBut(Session but, String route, Object payload);

	/**
	 * Pushes to the spectators.
	 * @param route the clients' listener
	 * @param payload as for {@link Session#push}
	 */
	void broadcastToSpectators(String route, Object payload);

	/**
	 * Removes a player or a spectator, whose session stays open.
	 * @param session the session; without effect if it is not in the room
	 * @param message the reason, for the client
	 */
	void remove(Session session, String message);

	/**
	 * Runs a task once, on the lane of the room, unless the room is closed before, or is
	 * just closing.
	 * @param delay the time from now
	 * @param task the task
	 * @return the timer
	 */
	Timer after(Duration delay, Runnable task);

	/**
	 * Runs a task periodically, on the lane of the room, until it is closed.
	 * @param interval from start to start
	 * @param task the task
	 * @return the timer
	 */
	Timer every(Duration interval, Runnable task);

	/**
	 * Runs a task on the lane of the room, such as one with the result of database work.
	 * Any thread.
	 * @param task the task
	 * @param <T> the type of its result
	 * @return the result; fails with what the task throws, or with
	 * {@link java.util.concurrent.RejectedExecutionException} when the room is closed or
	 * its lane is full
	 */
	<T> CompletableFuture<T> submit(Callable<T> task);

	/**
	 * Returns the lane of the room. Any thread.
	 * @return always the same lane
	 */
	Lane lane();

	/**
	 * Closes the room: all players and spectators leave. Idempotent.
	 * @param message the reason, for the clients
	 */
	void close(String message);

}
