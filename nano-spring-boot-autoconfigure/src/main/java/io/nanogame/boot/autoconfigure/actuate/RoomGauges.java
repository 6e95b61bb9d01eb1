package io.nanogame.boot.autoconfigure.actuate;

import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.GameRooms.KindSummary;

/**
 * Gauges of the rooms of this server.
 */
final class RoomGauges implements MeterBinder {

	private final GameRooms rooms;

	RoomGauges(GameRooms rooms) {
		this.rooms = rooms;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Meters meters = new Meters(registry);
		for (KindSummary kind : this.rooms.kinds()) {
			Tags tags = Tags.of(NanoMeter.Tag.KIND.asString(), kind.kind());
			meters.gauge(NanoMeter.ROOMS, tags, this.rooms, (rooms) -> sum(kind, KindSummary::rooms));
			meters.gauge(NanoMeter.ROOM_PLAYERS, tags, this.rooms, (rooms) -> sum(kind, KindSummary::players));
		}
	}

	private int sum(KindSummary of, ToIntFunction<KindSummary> value) {
		return this.rooms.kinds().stream().filter((kind) -> kind.kind().equals(of.kind())).mapToInt(value).sum();
	}

}
