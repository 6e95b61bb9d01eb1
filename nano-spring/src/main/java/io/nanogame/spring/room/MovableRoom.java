package io.nanogame.spring.room;

/**
 * A {@link GameRoom} that moves to another node when its own one is drained or stops. Its
 * players notice a short pause. A room that does not implement this stays until its
 * players have left it, or its node stops.
 * <p>
 * The room is another object then, on another machine. These move with it: its id and
 * options, the seats with their sessions, reservations, lock, visibility, metadata, and
 * the numbers of its states. Neither {@link OnJoin} nor {@link OnLeave} is called. The
 * fields of the object and of {@link Room#state()} do not move, except for what
 * {@link #save} returns. Timers of the game end, so {@link #restore} starts them again,
 * and tasks that are {@linkplain Room#submit submitted} to the former object fail.
 * {@link Tick Ticks} continue.
 * <p>
 * Messages wait meanwhile, and each of them reaches one of the two objects, in the order
 * of its player.
 *
 * @param <T> what moves: a class whose fields are written as JSON, except transient ones,
 * and read again
 */
public interface MovableRoom<T> {

	/**
	 * Returns what the next object needs. Called on the lane of the room, as the last
	 * call of this object if the move succeeds. If it fails, the room goes on, so this
	 * must not change the room. If this throws, the room stays.
	 * @return not null
	 */
	T save();

	/**
	 * Continues a room that was saved on another node. Called on the lane of the room,
	 * after the constructor and before any other method. If this throws, the former
	 * object continues.
	 * @param saved what {@link #save} has returned, read from JSON
	 */
	void restore(T saved);

}
