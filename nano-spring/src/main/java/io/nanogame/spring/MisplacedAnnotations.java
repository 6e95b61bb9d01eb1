package io.nanogame.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * Finds annotations where they have no effect.
 */
final class MisplacedAnnotations {

	private static final List<Class<? extends Annotation>> OF_HANDLERS = List.of(Intercept.class, NonBlocking.class);

	private MisplacedAnnotations() {
	}

	/**
	 * Checks all beans.
	 * @param beans the beans
	 * @param objects the classes of objects that have handlers
	 * @throws InvalidHandlerException when no message could reach a handler, or a method
	 * that is not a handler has an annotation for handlers
	 */
	static void check(ListableBeanFactory beans, Collection<Class<?>> objects) {
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = beans.getType(name, false);
			if (type != null) {
				check(ClassUtils.getUserClass(type), objects);
			}
		}
	}

	private static void check(Class<?> type, Collection<Class<?>> objects) {
		if (!AnnotatedElementUtils.hasAnnotation(type, GameComponent.class) && !objects.contains(type)) {
			Method handler = first(type, Handler.class, (method) -> isAt(method, Handler.class));
			if (handler != null) {
				throw new InvalidHandlerException(handler,
						"%s is not a @GameComponent, so no message reaches its methods"
							.formatted(type.getSimpleName()));
			}
			return;
		}
		for (Class<? extends Annotation> one : OF_HANDLERS) {
			Method found = first(type, one, (method) -> isAt(method, one) && !isAt(method, Handler.class));
			if (found != null) {
				throw new InvalidHandlerException(found,
						"@%s has no effect on a method without @Handler".formatted(one.getSimpleName()));
			}
		}
	}

	private static boolean isAt(Method method, Class<? extends Annotation> annotation) {
		return AnnotatedElementUtils.hasAnnotation(method, annotation);
	}

	private static @Nullable Method first(Class<?> type, Class<? extends Annotation> annotation, MethodFilter filter) {
		if (type.getName().startsWith("org.springframework.") || !AnnotationUtils.isCandidateClass(type, annotation)) {
			return null;
		}
		try {
			Set<Method> found = MethodIntrospector.selectMethods(type, filter);
			return found.isEmpty() ? null : found.iterator().next();
		}
		catch (IllegalStateException | LinkageError ex) {
			// A class of the app refers to types that are not on the class path.
			return null;
		}
	}

}
