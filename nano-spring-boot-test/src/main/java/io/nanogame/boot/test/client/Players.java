package io.nanogame.boot.test.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Who is connected during a test. For the thread of the test. */
final class Players {

	private final Map<String, TestPlayer> byName = new LinkedHashMap<>();

	private final List<TestPlayer> all = new ArrayList<>();

	private int guests;

	String nextGuest() {
		this.guests++;
		return "player " + this.guests;
	}

	TestPlayer add(TestPlayer player) {
		this.all.add(player);
		return player;
	}

	TestPlayer named(String name, Supplier<TestPlayer> connect) {
		@Nullable TestPlayer present = this.byName.get(name);
		if (present == null) {
			present = connect.get();
			this.byName.put(name, present);
		}
		return present;
	}

	void closeAll() {
		List<TestPlayer> present = List.copyOf(this.all);
		this.all.clear();
		this.byName.clear();
		this.guests = 0;
		present.forEach(TestPlayer::close);
		present.forEach(TestPlayer::awaitGone);
	}

}
