package io.nanogame.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A service with a method of each kind. */
@NanoService("bank")
interface Bank {

	void note(String text);

	int add(String account, int coins);

	CompletionStage<Integer> later(String account);

	CompletableFuture<Void> audit();

	Object same(Object value);

}
