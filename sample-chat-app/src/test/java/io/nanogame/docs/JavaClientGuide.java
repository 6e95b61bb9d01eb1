package io.nanogame.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.MeterRegistry;
import io.nanogame.client.Backoff;
import io.nanogame.client.ClientMetrics;
import io.nanogame.client.ClientRoom;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.LengthIdFormat;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * A client of the other guides' app.
 */
class JavaClientGuide {

	final Collection<String> shown = new ConcurrentLinkedQueue<>();

	private void show(Object text) {
		this.shown.add(text.toString());
	}

	NanoClient connect(String url) {
		// tag::connect[]
		NanoClient client = NanoClient.builder(url).user(Map.of("token", "token-of-Ann")).build();

		// Before connect(), so that no push is missed.
		client.on("onWelcome", String.class, (text) -> show(text));

		HandshakeResponse response = client.connect().block();
		show("I am " + response.user().path("name").asString());
		// end::connect[]
		return client;
	}

	NanoClient withIds(String url) {
		// tag::length-id[]
		NanoClient client = NanoClient.builder(url)
			// The format, the ids and the error-id of the server's listener.
			.lengthId(LengthIdFormat.defaults(), Map.of("greeting.greet", 7L, "onWelcome", 12L), 100L)
			.build();
		client.on("onWelcome", String.class, (text) -> show(text));
		client.connect().block();

		Greeting greeting = client.call("greeting.greet", new Name("Ann"), Greeting.class);
		// end::length-id[]
		show(greeting.text());
		return client;
	}

	void ask(NanoClient client) {
		// tag::request[]
		// Sent on subscription.
		Mono<Greeting> later = client.request("greeting.greet", new Name("Ann"), Greeting.class);
		CompletionStage<Greeting> soon = client.requestAsync("greeting.greet", new Name("Bob"), Greeting.class);
		// Waits.
		Greeting now = client.call("greeting.greet", new Name("Cid"), Greeting.class);

		client.notify("mail.send", new Mail("Ann", "a note to myself")); // no response
		// end::request[]
		soon.thenAccept((greeting) -> show(greeting.text()));
		later.subscribe((greeting) -> show(greeting.text()));
		show(now.text());
	}

	void fail(NanoClient client) {
		// tag::errors[]
		try {
			client.call("shop.buy", new Order("apple", 11), Void.class);
		}
		catch (ErrorResponseException ex) {
			show(ex.status() + " " + ex.serverMessage()); // 403 no more than ten
		}
		// end::errors[]
	}

	Disposable listen(NanoClient client) {
		// tag::listen[]
		Disposable listening = client.on("onMail", Mail.class, (mail) -> show(mail.text()));
		listening.dispose(); // removes the listener

		Flux<Mail> mails = client.pushes("onMail", Mail.class);
		// end::listen[]
		return mails.subscribe((mail) -> show("mail: " + mail.text()));
	}

	void play(NanoClient client) {
		// tag::rooms[]
		// The options are the game's.
		ClientRoom room = client.rooms().joinOrCreate("race", new Name("Ann")).block();
		show(room.answer(String.class)); // the game's answer to the join

		room.listen("/cars/*", Car.class,
				(car, previous, names) -> show(names.get(0) + ((car != null) ? ": " + car.x() : " has gone")));
		room.onState(Race.class, (race) -> show(room.version() + ": " + race.cars().keySet()));
		room.onLeave((leave) -> show("no seat any more: " + leave.reason() + " " + leave.message()));

		room.notify("drive", new Car(3)); // to the handler race.drive
		int rank = room.request("rank", null, Integer.class).block();
		Race race = room.state(Race.class);
		show("number %d of %d, at %d".formatted(rank, race.cars().size(), race.cars().get("Ann").x()));

		room.leave().block();
		// end::rooms[]
	}

	void stay(NanoClient client) {
		// tag::states[]
		client.states().subscribe((state) -> {
			switch (state.phase()) {
				// Also after each reconnect, with a new session.
				case OPEN -> client.notify("team.join", new Team("red"));
				case WAITING -> show("next attempt in " + state.delay() + ": " + state.reason());
				case CLOSED -> show("closed: " + state.reason());
				default -> {
				}
			}
		});
		// end::states[]
	}

	List<NanoClient> bots(String url, MeterRegistry registry) {
		// tag::many[]
		NanoClientBuilder builder = NanoClient.builder(url)
			.loops(LoopResources.create("bots", 2, true)) // two threads for all clients
			.metrics(new ClientMetrics(registry))
			.requestTimeout(Duration.ofSeconds(3))
			.reconnect(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)));

		List<NanoClient> bots = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			bots.add(builder.user(Map.of("token", "token-of-bot" + i)).build());
		}
		// Fifty at a time.
		Flux.fromIterable(bots).flatMap(NanoClient::connect, 50).blockLast();
		// end::many[]
		return bots;
	}

	// The client's own types for the payloads of the game.

	private record Name(String name) {
	}

	private record Greeting(String text) {
	}

	private record Mail(String to, String text) {
	}

	private record Order(String item, int amount) {
	}

	private record Team(String name) {
	}

	private record Race(Map<String, Car> cars) {
	}

	private record Car(int x) {
	}

}
