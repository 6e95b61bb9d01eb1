package io.nanogame.docs;

import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.ErrorMapper;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.ArgumentBinder;
import io.nanogame.spring.ArgumentResolver;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;

// tag::first[]
@GameComponent("greeting")
class Greeter {

	@Handler
	Greeting greet(Session session, Name name) { // route "greeting.greet"
		return new Greeting("Hello " + name.name());
	}

}

record Name(String name) {
}

record Greeting(String text) {
}
// end::first[]

// tag::naming[]
@GameComponent // "weather": the class without "Component", in lower camel case
class WeatherComponent {

	@Handler // "weather.today"
	String today() {
		return "sunny";
	}

	@Handler("forecast.get") // the whole route, without the component
	String tomorrow() {
		return "rain";
	}

}
// end::naming[]

// tag::arguments[]
@GameComponent("arguments")
class Arguments {

	@Handler
	long session(Session session) { // the sender
		return session.id();
	}

	@Handler
	String request(Request request) { // the message: id, route, bytes, attributes
		return request.route() + " #" + request.id();
	}

	@Handler
	String member(Principal principal) { // of the login; without one: 401
		return principal.getName();
	}

	@Handler
	String anybody(@Nullable Principal principal) { // null without a login
		return (principal != null) ? principal.getName() : "guest";
	}

	@Handler
	int list(List<Name> names) { // the payload, of any type that the serializer reads
		return names.size();
	}

	@Handler
	int bytes(byte[] body) { // the raw payload
		return body.length;
	}

}
// end::arguments[]

record Player(String name) {
}

// tag::resolver[]
@Component
class PlayerArgument implements ArgumentResolver {

	@Override
	public @Nullable ArgumentBinder resolve(MethodParameter parameter) { // at startup
		return (parameter.getParameterType() == Player.class) ? PlayerArgument::player : null;
	}

	private static Player player(Request request) { // for each message
		Player player = request.session().attributes().get("player", Player.class);
		if (player == null) {
			throw new RequestException(403, "choose a player first");
		}
		return player;
	}

}
// end::resolver[]

@GameComponent("player")
class PlayerComponent {

	@Handler
	void choose(Session session, Name name) {
		session.attributes().set("player", new Player(name.name()));
	}

	// tag::resolved[]
	@Handler
	String jump(Player player) {
		return player.name() + " jumps";
	}
	// end::resolved[]

}

record Score(int points) {
}

// tag::results[]
@GameComponent("results")
class Results {

	@Handler
	void nothing() { // the reply is {}
	}

	@Handler
	Score value() { // replies when the method returns
		return new Score(1);
	}

	@Handler
	Mono<Score> mono() { // replies when it completes
		return Mono.just(new Score(2));
	}

	@Handler
	CompletionStage<Score> stage() { // likewise
		return CompletableFuture.completedFuture(new Score(3));
	}

}
// end::results[]

record Match(long opponent) {
}

// tag::defer[]
@GameComponent(name = "match", lane = "match")
class Matchmaker {

	private @Nullable Request waiting; // needs no lock: all handlers run on one lane

	@Handler
	void find(Request request) {
		request.defer(); // returning does not reply
		Request other = this.waiting;
		if (other != null && other.reply(new Match(request.session().id()))) {
			request.reply(new Match(other.session().id()));
			this.waiting = null;
		}
		else { // no other request, or it has timed out or was cancelled
			this.waiting = request;
		}
	}

}
// end::defer[]

// tag::validation[]
@GameComponent("shop")
class Shop {

	@Handler
	void buy(@Valid Order order) {
		if (order.amount() > 10) {
			throw new RequestException(403, "no more than ten");
		}
		throw new OutOfStockException(order.item());
	}

}

record Order(@NotBlank String item, @Positive int amount) {
}
// end::validation[]

class OutOfStockException extends RuntimeException {

	OutOfStockException(String item) {
		super(item);
	}

}

// tag::errors[]
@Component
class ShopErrors implements ErrorMapper {

	@Override
	public @Nullable RequestException map(Throwable failure) {
		return (failure instanceof OutOfStockException) ? new RequestException(409, "out of stock") : null;
	}

}
// end::errors[]

// tag::threads[]
@GameComponent("threads")
class Threads {

	@Handler // a worker thread: may block
	String worker() {
		return Thread.currentThread().getName();
	}

	@Handler
	@NonBlocking // the session's event loop: must not block
	String loop() {
		return Thread.currentThread().getName();
	}

	@Handler(concurrent = true) // the session's next message does not wait for this one
	String concurrent() {
		return "done";
	}

}
// end::threads[]
