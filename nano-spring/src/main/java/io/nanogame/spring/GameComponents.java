package io.nanogame.spring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nanogame.lane.Lanes;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Route;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.ComponentLifecycle;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.validation.SmartValidator;

/**
 * The {@link GameComponent} beans of a bean factory and its {@link ObjectComponents}, in
 * the form that a {@link io.nanogame.server.GameServer} needs. The constructor creates
 * and checks the components. A component that needs the server therefore obtains it
 * later, through an {@link org.springframework.beans.factory.ObjectProvider}. Immutable.
 */
public final class GameComponents {

	private final List<Route> routes;

	private final Map<String, Long> ids;

	private final List<ComponentLifecycle> lifecycles;

	private final List<Interceptor> globalInterceptors;

	/**
	 * Reads the components.
	 * @param beans the factory of components, interceptors and writers of Reactor
	 * contexts
	 * @param payloads the server's; sessions may have others, for which the routes are
	 * {@link Route#preparedFor prepared} later
	 * @param lanes the lanes of components
	 * @param naming names the routes of handlers that do not declare one
	 * @param validator validates payloads; null when there is none, in which case no
	 * handler may require validation
	 * @param resolvers bind arguments other than the built-in ones, tried in this order
	 * @throws InvalidHandlerException when a handler is invalid
	 * @throws DuplicateComponentException when two components have the same name
	 * @throws InvalidComponentException when a component is not a singleton, or its names
	 * cannot be resolved
	 */
	public GameComponents(ListableBeanFactory beans, Payloads payloads, Lanes lanes, RouteNaming naming,
			@Nullable SmartValidator validator, List<ArgumentResolver> resolvers) {
		List<ObjectComponents> sources = beans.getBeanProvider(ObjectComponents.class).orderedStream().toList();
		List<ObjectComponent> objects = sources.stream()
			.<ObjectComponent>flatMap((source) -> source.components().stream())
			.toList();
		MisplacedAnnotations.check(beans, objects.stream().<Class<?>>map(ObjectComponent::type).toList());
		InterceptorBeans interceptors = new InterceptorBeans(beans);
		ArgumentBinding binding = new ArgumentBinding(resolvers, new PayloadArguments(beans),
				new HandlerValidation(validator));
		HandlerRoutes handlers = new HandlerRoutes(payloads, naming, new AnnotatedNames(beans), binding, interceptors,
				mono(beans), new StayingSessions(beans));
		Collection<ComponentBean> components = components(beans, objects, lanes);
		this.routes = components.stream().flatMap(handlers::of).toList();
		this.ids = handlers.ids();
		this.lifecycles = Stream
			.concat(lifecycles(components.stream().map(ComponentBean::bean)), lifecycles(sources.stream()))
			.toList();
		this.globalInterceptors = interceptors.aroundAll(components);
	}

	private static MonoResult mono(ListableBeanFactory beans) {
		return new MonoResult(beans.getBeanProvider(ReactorContextWriter.class).orderedStream().toList());
	}

	private static Stream<ComponentLifecycle> lifecycles(Stream<?> beans) {
		return beans.filter(ComponentLifecycle.class::isInstance).map(ComponentLifecycle.class::cast);
	}

	private static Collection<ComponentBean> components(ListableBeanFactory beans, List<ObjectComponent> objects,
			Lanes lanes) {
		Map<String, ComponentBean> byName = new LinkedHashMap<>();
		new BeansInOrder(beans).annotatedWith(GameComponent.class)
			.forEach((name) -> add(byName, ComponentBean.of(name, beans, lanes)));
		objects.forEach((component) -> add(byName, ComponentBean.of(component)));
		return byName.values();
	}

	private static void add(Map<String, ComponentBean> byName, ComponentBean component) {
		ComponentBean other = byName.putIfAbsent(component.name(), component);
		if (other != null) {
			throw new DuplicateComponentException(other, component);
		}
	}

	/**
	 * Returns the routes of all handlers. Two may have the same name; a
	 * {@link io.nanogame.route.RouteTable} rejects that.
	 * @return the routes, in the order of the components
	 */
	public List<Route> routes() {
		return this.routes;
	}

	/**
	 * Returns the ids that handlers declare.
	 * @return the ids by route; not all routes have one
	 */
	public Map<String, Long> ids() {
		return this.ids;
	}

	/**
	 * Returns the components that are notified when the server starts and stops.
	 * @return in the order of the components
	 */
	public List<ComponentLifecycle> lifecycles() {
		return this.lifecycles;
	}

	/**
	 * Returns the interceptors that no {@link Intercept} names.
	 * @return in their order, the outermost first
	 */
	public List<Interceptor> globalInterceptors() {
		return this.globalInterceptors;
	}

}
