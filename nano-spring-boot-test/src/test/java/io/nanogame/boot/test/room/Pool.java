package io.nanogame.boot.test.room;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A room for clients with any serializer: its messages are bytes. Its state is what the
 * players set.
 */
@GameRoom(value = "pool", seats = 8)
class Pool {

	static final Duration TICK = Duration.ofMillis(50);

	private final Room<PoolState> room;

	private boolean running;

	Pool(Room<PoolState> room) {
		this.room = room;
	}

	@OnJoin
	byte[] join() {
		return "\"welcome\"".getBytes();
	}

	@Tick("50ms")
	void tick(Duration elapsed) {
		if (this.running) {
			this.room.state().ticks++;
		}
	}

	@Handler
	void run(byte[] flag) {
		this.running = JsonMapper.shared().readValue(flag, Boolean.class);
	}

	@Handler
	void set(byte[] json) {
		this.room.state().values = read(json);
	}

	/** Half of a character: what remains of an emoji that was cut. */
	@Handler
	void setHalf() {
		this.room.state().values = Map.of("half\uD83D", "\uD83D");
	}

	@Handler
	void setAndClose(byte[] json) {
		set(json);
		this.room.sync();
		this.room.close("over");
	}

	@Handler
	void poison(byte[] flag) {
		this.room.state().poison = JsonMapper.shared().readValue(flag, Boolean.class) ? new Poison() : null;
	}

	@Handler
	void removeAll(Session but) {
		this.room.players()
			.stream()
			.filter((player) -> player != but)
			.forEach((player) -> this.room.remove(player, "enough"));
	}

	/** Publishes the options. */
	@Handler
	void name() {
		this.room.options(PoolOptions.class).publish(this.room);
	}

	static Map<String, @Nullable Object> read(byte[] json) {
		return JsonMapper.shared().readValue(json, new TypeReference<>() {
		});
	}

	static final class PoolState {

		Map<String, @Nullable Object> values = new TreeMap<>();

		int ticks;

		@Nullable Poison poison;

	}

	record PoolOptions(@Nullable String name, int depth) {

		void publish(Room<?> room) {
			room.metadata("name", String.valueOf(this.name));
			room.metadata("depth", this.depth);
		}

	}

	/** Cannot be written. */
	static final class Poison {

		final Object self = this;

	}

}
