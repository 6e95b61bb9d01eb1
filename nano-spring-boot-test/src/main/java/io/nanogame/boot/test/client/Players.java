package io.nanogame.boot.test.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** The connected players of a test. Confined to the thread of the test. */
final class Players {

	private final Map<String, TestPlayer> byName = new LinkedHashMap<>();

	private final List<TestPlayer> all = new ArrayList<>();

	private int lastNumber;

	String nextName() {
		this.lastNumber++;
		return "player " + this.lastNumber;
	}

	TestPlayer add(TestPlayer player) {
		this.all.add(player);
		return player;
	}

	TestPlayer named(String name, Supplier<TestPlayer> connect) {
		@Nullable TestPlayer player = this.byName.get(name);
		if (player == null) {
			player = connect.get();
			this.byName.put(name, player);
		}
		return player;
	}

	void closeAll() {
		List<TestPlayer> players = List.copyOf(this.all);
		this.all.clear();
		this.byName.clear();
		this.lastNumber = 0;
		players.forEach(TestPlayer::close);
		players.forEach(TestPlayer::awaitDisconnected);
	}

}
