package io.nanogame.boot.test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.nanogame.boot.autoconfigure.GameServerBuilderCustomizer;
import io.nanogame.connection.PushSettings;
import io.nanogame.observe.ServerEvents;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.route.ErrorMapper;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.SessionListener;
import io.nanogame.spring.ArgumentResolver;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.RouteNaming;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.room.GameRoom;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Selects the beans of an app that {@link NanoTest} includes. */
final class NanoTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<NanoTest> {

	private static final Set<Class<?>> PARTS = Set.of(Interceptor.class, OutboundInterceptor.class,
			HandshakeValidator.class, SessionListener.class, ServerEvents.class, ErrorMapper.class, Serializer.class,
			ArgumentResolver.class, RouteNaming.class, PushSettings.Key.class, GameServerBuilderCustomizer.class);

	private static final Class<?>[] NONE = {};

	private final Set<Class<?>> components;

	NanoTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		Class<?>[] given = getAnnotation().getValue("components", Class[].class).orElse(NONE);
		this.components = new LinkedHashSet<>(List.of(given));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		Set<Class<?>> known = new LinkedHashSet<>(PARTS);
		if (this.components.isEmpty()) {
			known.add(GameComponent.class);
			known.add(GameRoom.class);
			known.add(MatchQueue.class);
		}
		return known;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.components;
	}

}
