package io.nanogame.docs;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

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

record Greeting(String words) {
}
// end::first[]
