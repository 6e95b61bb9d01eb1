package io.nanogame.cluster.model;

import java.util.concurrent.CompletableFuture;

import io.nanogame.service.NanoService;

/** A service whose instances have one owner. */
@NanoService("room")
interface Room {

	/** Returns the number of the ownership. */
	CompletableFuture<Long> fence();

	void note(String text);

}
