package io.nanogame.spring;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.nanogame.pipeline.Interceptors;
import io.nanogame.route.Route;
import io.nanogame.route.Route.Bodies;
import io.nanogame.route.RouteHandler;
import io.nanogame.route.Threading;
import io.nanogame.serialize.Payloads;

/**
 * Creates the routes of a component's handlers.
 */
final class HandlerRoutes {

	private final Payloads payloads;

	private final RouteNaming naming;

	private final AnnotatedNames names;

	private final ArgumentBinding binding;

	private final InterceptorBeans interceptors;

	private final MonoResult mono;

	private final StayingSessions staying;

	private final Map<String, Long> ids = new HashMap<>();

	HandlerRoutes(Payloads payloads, RouteNaming naming, AnnotatedNames names, ArgumentBinding binding,
			InterceptorBeans interceptors, MonoResult mono, StayingSessions staying) {
		this.payloads = payloads;
		this.naming = naming;
		this.names = names;
		this.binding = binding;
		this.interceptors = interceptors;
		this.mono = mono;
		this.staying = staying;
	}

	/** Returns the routes, sorted by name, because the order of methods is undefined. */
	Stream<Route> of(ComponentBean component) {
		ObjectComponent objects = component.objects();
		Stream<Route> more = (objects != null) ? objects.more().stream() : Stream.empty();
		return Stream.concat(HandlerMethod.of(component).stream().map(this::route), more)
			.sorted(Comparator.comparing(Route::name));
	}

	/** Returns the declared ids of the created routes. */
	Map<String, Long> ids() {
		return Map.copyOf(this.ids);
	}

	private Route route(HandlerMethod method) {
		String name = method.route(this.naming, this.names);
		if (method.id() != HandlerMethod.NO_ID) {
			this.ids.put(name, method.id());
		}
		HandlerResult result = HandlerResult.of(method);
		HandlerArguments arguments = this.binding.bind(method);
		RouteHandler bound = BoundHandler.of(method, arguments, result.isMono() ? this.mono : null);
		ObjectComponent objects = method.component().objects();
		RouteHandler handler = (objects != null) ? objects.around(method.getMethod(), bound)
				: this.staying.around(method.component(), bound);
		return Route.of(name, Interceptors.around(handler, this.interceptors.around(method)))
			.from(method.toString())
			.with(Bodies.prepared(this.payloads,
					(payloads) -> new Bodies(arguments.reader(payloads), result.writer(method, payloads))))
			.on(threading(method, result))
			.on(method.component().lane())
			.concurrent(method.isConcurrent());
	}

	private static Threading threading(HandlerMethod method, HandlerResult result) {
		boolean staysOnLoop = result.completesLater() || method.isNonBlocking();
		return (staysOnLoop && method.component().lane() == null) ? Threading.EVENT_LOOP : Threading.LANE;
	}

}
