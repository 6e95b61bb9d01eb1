package io.nanogame.spring;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.node.Nodes;
import io.nanogame.node.SessionRouting;
import io.nanogame.route.RouteHandler;
import io.nanogame.session.Session;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Binds sessions to this node with their first message to a component with
 * {@link GameComponent#staysOnDrain()}. Thread-safe.
 */
final class StayingSessions {

	/** Requested with the first message, because they may depend on the components. */
	private final ObjectProvider<SessionRouting> routing;

	private final ObjectProvider<Nodes> nodes;

	/** The ids of the open sessions that are bound, by component. */
	private final Map<String, Set<Long>> bound = new ConcurrentHashMap<>();

	StayingSessions(ListableBeanFactory beans) {
		this.routing = beans.getBeanProvider(SessionRouting.class);
		this.nodes = beans.getBeanProvider(Nodes.class);
	}

	/**
	 * Returns a handler of a component that binds sessions, if the component needs that.
	 */
	RouteHandler around(ComponentBean component, RouteHandler handler) {
		if (!component.stays()) {
			return handler;
		}
		Set<Long> known = this.bound.computeIfAbsent(component.name(), (name) -> ConcurrentHashMap.newKeySet());
		return (request) -> {
			Session session = request.session();
			long id = session.id();
			if (known.add(id)) {
				session.onClose((closed) -> known.remove(id));
				this.routing.getObject().bind(session, component.name(), this.nodes.getObject().self().id());
			}
			return handler.handle(request);
		};
	}

}
