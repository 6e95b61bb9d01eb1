package io.nanogame.spring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.Map;

import io.nanogame.lane.Lanes;
import io.nanogame.protocol.Message;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.validation.SmartValidator;

/**
 * Components in a real application context, and one player whose messages are passed
 * directly to the handlers.
 */
final class TestGame implements AutoCloseable {

	static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	final GenericApplicationContext context;

	final Lanes lanes = new Lanes(Runnable::run, 100);

	final GameComponents components;

	final RecordingConnection connection = new RecordingConnection();

	final Session session;

	private final RouteTable routes;

	/**
	 * Creates a game.
	 * @param beans component classes and configurations; may include a validator, a route
	 * naming, argument resolvers
	 */
	TestGame(Class<?>... beans) {
		this(new AnnotationConfigApplicationContext(beans));
	}

	TestGame(GenericApplicationContext context) {
		this(context, PAYLOADS);
	}

	TestGame(GenericApplicationContext context, Payloads payloads) {
		this.context = context;
		RouteNaming naming = context.getBeanProvider(RouteNaming.class).getIfAvailable(RouteNaming::lowerCamelCase);
		SmartValidator validator = context.getBeanProvider(SmartValidator.class).getIfAvailable();
		List<ArgumentResolver> resolvers = context.getBeanProvider(ArgumentResolver.class).orderedStream().toList();
		this.components = new GameComponents(context, payloads, this.lanes, naming, validator, resolvers);
		this.routes = new RouteTable(this.components.routes());
		Executor workers = this.lanes.workers();
		this.session = SessionRegistry.of(new Sessions(payloads, workers))
			.create(this.connection, Introduction.UNKNOWN);
	}

	Route route(String name) {
		Route route = this.routes.find(name);
		if (route == null) {
			throw new AssertionError("There is no route " + name + " but " + this.routes.names());
		}
		return route;
	}

	Request request(String route, byte[] body) {
		return new Request(this.session, Message.request(1, route, body), Map.of(), route(route),
				System.nanoTime() + Duration.ofMinutes(1).toNanos());
	}

	/** Sends a request. Returns the result of the handler for the engine. */
	@Nullable Object call(String route, String body) throws Exception {
		return call(route, body.getBytes(StandardCharsets.UTF_8));
	}

	@Nullable Object call(String route, byte[] body) throws Exception {
		return route(route).handler().handle(request(route, body));
	}

	@Nullable Object call(String route) throws Exception {
		return call(route, "");
	}

	@Override
	public void close() {
		this.context.close();
	}

}
