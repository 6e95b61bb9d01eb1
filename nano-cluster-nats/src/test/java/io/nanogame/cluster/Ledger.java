package io.nanogame.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.service.NanoService;
import org.jspecify.annotations.Nullable;

/** A service with a method of each form, and some that do not go well. */
@NanoService("ledger of all.things")
interface Ledger {

	void note(String text);

	String where();

	Entry add(Entry entry, int coins);

	CompletionStage<List<Entry>> entries(@Nullable String account);

	/** Counts. */
	CompletableFuture<Integer> count(long id);

	CompletableFuture<String> hang();

	String slow(int millis);

	String refuse(String why);

	String fail(String why);

	byte[] bytes(int length);

	record Entry(String account, int coins) {
	}

}
