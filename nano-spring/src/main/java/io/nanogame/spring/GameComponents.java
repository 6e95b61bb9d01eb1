package io.nanogame.spring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.lane.Lanes;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Route;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.ComponentLifecycle;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.validation.SmartValidator;

/**
 * The {@link GameComponent} beans of a bean factory, as what a
 * {@link io.nanogame.server.GameServer} is made of. Everything is read and checked by the
 * constructor, which creates the components; so a component that needs the server asks
 * for it later, through an {@link org.springframework.beans.factory.ObjectProvider}.
 * Immutable.
 */
public final class GameComponents {

	private final List<Route> routes;

	private final List<ComponentLifecycle> lifecycles;

	private final List<Interceptor> globalInterceptors;

	/**
	 * Reads the components.
	 * @param beans where components, interceptors and writers of Reactor contexts are
	 * @param payloads how payloads are read
	 * @param lanes has the lanes of components
	 * @param naming names the routes of handlers that do not themselves
	 * @param validator validates payloads; null when there is none, then no handler may
	 * ask for it
	 * @param resolvers bind other arguments than the built-in ones, asked in this order
	 * @throws InvalidHandlerException when a handler cannot be one
	 * @throws DuplicateComponentException when two components have one name
	 * @throws InvalidComponentException when a component is no singleton, or its names
	 * cannot be resolved
	 */
	public GameComponents(ListableBeanFactory beans, Payloads payloads, Lanes lanes, RouteNaming naming,
			@Nullable SmartValidator validator, List<ArgumentResolver> resolvers) {
		MisplacedAnnotations.check(beans);
		InterceptorBeans interceptors = new InterceptorBeans(beans);
		ArgumentBinding binding = new ArgumentBinding(resolvers, new PayloadArguments(payloads, beans),
				new HandlerValidation(validator));
		HandlerRoutes handlers = new HandlerRoutes(payloads, naming, new AnnotatedNames(beans), binding, interceptors,
				mono(beans));
		Collection<ComponentBean> components = components(beans, lanes);
		this.routes = components.stream().flatMap(handlers::of).toList();
		this.lifecycles = components.stream()
			.map(ComponentBean::bean)
			.filter(ComponentLifecycle.class::isInstance)
			.map(ComponentLifecycle.class::cast)
			.toList();
		this.globalInterceptors = interceptors.aroundAll(components);
	}

	private static MonoResult mono(ListableBeanFactory beans) {
		return new MonoResult(beans.getBeanProvider(ReactorContextWriter.class).orderedStream().toList());
	}

	private static Collection<ComponentBean> components(ListableBeanFactory beans, Lanes lanes) {
		Map<String, ComponentBean> byName = new LinkedHashMap<>();
		for (String beanName : new BeansInOrder(beans).annotatedWith(GameComponent.class)) {
			ComponentBean component = ComponentBean.of(beanName, beans, lanes);
			ComponentBean other = byName.putIfAbsent(component.name(), component);
			if (other != null) {
				throw new DuplicateComponentException(other, component);
			}
		}
		return byName.values();
	}

	/**
	 * The routes of all handlers. Two may have the same name; a
	 * {@link io.nanogame.route.RouteTable} refuses that.
	 * @return component after component, in their order
	 */
	public List<Route> routes() {
		return this.routes;
	}

	/**
	 * The components that want to know when the server starts and stops.
	 * @return in their order
	 */
	public List<ComponentLifecycle> lifecycles() {
		return this.lifecycles;
	}

	/**
	 * The interceptors that no {@link Intercept} names.
	 * @return in their order, the outermost first
	 */
	public List<Interceptor> globalInterceptors() {
		return this.globalInterceptors;
	}

}
