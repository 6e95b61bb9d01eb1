package io.nanogame.service;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.nanogame.limit.Names;
import org.jspecify.annotations.Nullable;

/**
 * The description of a service interface.
 *
 * @param <T> the interface
 */
public final class ServiceType<T> {

	private final Class<T> type;

	private final String name;

	private final boolean local;

	private final Map<String, ServiceMethod> methods = new HashMap<>();

	private ServiceType(Class<T> type, String name, boolean local) {
		this.type = type;
		this.name = name;
		this.local = local;
	}

	static <T> ServiceType<T> of(Class<T> type, UnaryOperator<String> names, List<AsyncResult> asyncResults) {
		NanoService annotation = type.getAnnotation(NanoService.class);
		if (!type.isInterface() || annotation == null) {
			throw new InvalidServiceTypeException(type, type.getName() + " is not an interface with @NanoService");
		}
		String name = resolve(type, annotation, names);
		if (name.isEmpty()) {
			throw new InvalidServiceTypeException(type, "The @NanoService of %s has no name".formatted(type.getName()));
		}
		check(type, name);
		ServiceType<T> service = new ServiceType<>(type, name, annotation.local());
		for (Method method : type.getMethods()) {
			if (!Modifier.isStatic(method.getModifiers())) {
				service.add(method, asyncResults);
			}
		}
		return service;
	}

	private static String resolve(Class<?> type, NanoService annotation, UnaryOperator<String> names) {
		try {
			return names.apply(annotation.value());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidServiceTypeException(type, "The name in the @NanoService of %s cannot be resolved: %s"
				.formatted(type.getName(), ex.getMessage()));
		}
	}

	private static void check(Class<?> type, String name) {
		try {
			Names.check("The name in the @NanoService of " + type.getName(), name);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidServiceTypeException(type, String.valueOf(ex.getMessage()));
		}
	}

	private void add(Method method, List<AsyncResult> asyncResults) {
		if (method.isDefault()) {
			throw new InvalidServiceTypeException(this.type,
					"%s is a default method, which a service must not have".formatted(method));
		}
		if (this.methods.put(method.getName(), ServiceMethod.of(this.name, method, asyncResults)) != null) {
			throw new InvalidServiceTypeException(this.type,
					"%s has two methods named %s; methods of a service are identified by their names"
						.formatted(this.type.getName(), method.getName()));
		}
	}

	public Class<T> type() {
		return this.type;
	}

	public String name() {
		return this.name;
	}

	/**
	 * Returns whether only callers on the same node can call it.
	 * @return the value of {@link NanoService#local()}
	 */
	public boolean isLocal() {
		return this.local;
	}

	public Collection<ServiceMethod> methods() {
		return this.methods.values();
	}

	/**
	 * Finds a method.
	 * @param methodName its name
	 * @return the method, or null
	 */
	public @Nullable ServiceMethod method(String methodName) {
		return this.methods.get(methodName);
	}

}
