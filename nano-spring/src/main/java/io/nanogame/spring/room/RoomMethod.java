package io.nanogame.spring.room;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A method of a room that the engine calls, other than for a message. Its parameters are
 * any of the arguments that the engine has, each at most once and in any order.
 */
final class RoomMethod {

	private final Method method;

	/** Takes the room and an array of all arguments. */
	private final MethodHandle handle;

	private RoomMethod(Method method, MethodHandle handle) {
		this.method = method;
		this.handle = handle;
	}

	/**
	 * Finds the method with an annotation.
	 * @param type the class of the room
	 * @param annotation the annotation
	 * @param returns whether the method must return a value; else it must be void
	 * @param arguments the types of the arguments
	 * @return null if there is none
	 * @throws InvalidRoomException when there are several, or the method cannot be called
	 */
	static @Nullable RoomMethod find(Class<?> type, Class<? extends Annotation> annotation, boolean returns,
			Class<?>... arguments) {
		Set<Method> found = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, annotation));
		if (found.isEmpty()) {
			return null;
		}
		String name = "@" + annotation.getSimpleName();
		if (found.size() > 1) {
			throw new InvalidRoomException(type, "only one of its methods may have " + name);
		}
		Method method = found.iterator().next();
		if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
			throw new InvalidRoomException(type,
					"its method with %s must be neither private nor static".formatted(name));
		}
		if (returns == (method.getReturnType() == void.class)) {
			throw new InvalidRoomException(type,
					"its method with %s must %s".formatted(name, returns ? "return an object" : "be void"));
		}
		return new RoomMethod(method, handle(type, method, name, List.of(arguments)));
	}

	private static MethodHandle handle(Class<?> type, Method method, String name, List<Class<?>> arguments) {
		List<Integer> order = new ArrayList<>(List.of(0));
		for (Class<?> parameter : method.getParameterTypes()) {
			int index = arguments.indexOf(parameter);
			if (index < 0 || order.contains(index + 1)) {
				throw new InvalidRoomException(type, "its method with %s may only have the parameters %s, each once"
					.formatted(name, arguments.stream().map(Class::getSimpleName).collect(Collectors.joining(", "))));
			}
			order.add(index + 1);
		}
		try {
			method.setAccessible(true);
			MethodType all = MethodType.methodType(method.getReturnType(), method.getDeclaringClass(),
					arguments.toArray(Class<?>[]::new));
			MethodHandle inOrder = MethodHandles.permuteArguments(MethodHandles.lookup().unreflect(method), all,
					order.stream().mapToInt(Integer::intValue).toArray());
			return inOrder.asType(MethodType.genericMethodType(arguments.size() + 1))
				.asSpreader(Object[].class, arguments.size());
		}
		catch (IllegalAccessException ex) {
			throw new InvalidRoomException(type, "its method with %s cannot be accessed".formatted(name));
		}
	}

	/** Returns the annotation of the method. */
	<A extends Annotation> A annotation(Class<A> type) {
		return AnnotatedElementUtils.getMergedAnnotation(this.method, type);
	}

	boolean hasAnnotation(Class<? extends Annotation> type) {
		return AnnotatedElementUtils.hasAnnotation(this.method, type);
	}

	/**
	 * Calls the method.
	 * @param room the object of the room
	 * @param arguments all arguments, in the order of their types
	 * @return the result; null if the method is void
	 * @throws Throwable what the method throws
	 */
	@Nullable Object call(Object room, Object... arguments) throws Throwable {
		return (Object) this.handle.invoke(room, arguments);
	}

	@Override
	public String toString() {
		return "%s.%s(%s)".formatted(this.method.getDeclaringClass().getName(), this.method.getName(),
				Arrays.stream(this.method.getParameterTypes())
					.map(Class::getSimpleName)
					.collect(Collectors.joining(", ")));
	}

}
