package io.nanogame.spring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.route.Request;
import io.nanogame.route.RouteHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A method of a bean as a {@link RouteHandler}. Bean, method and argument binders are
 * combined into one method handle at startup, so that a call needs no lookup and no
 * array.
 */
final class BoundHandler implements RouteHandler {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	private static final MethodType TYPE = MethodType.methodType(Object.class, Request.class);

	private final MethodHandle handle;

	private BoundHandler(MethodHandle handle) {
		this.handle = handle;
	}

	/**
	 * Creates a handler.
	 * @param method the method
	 * @param arguments bind its parameters
	 * @param mono subscribes to what the method returns; null when that is no
	 * {@code Mono}
	 */
	static BoundHandler of(HandlerMethod method, HandlerArguments arguments, @Nullable MonoResult mono) {
		Method invocable = method.invocable();
		try {
			invocable.setAccessible(true);
			MethodHandle bound = bound(LOOKUP.unreflect(invocable), method, arguments);
			return new BoundHandler(
					((mono != null) ? mono.adapt(bound.asType(TYPE.changeReturnType(Mono.class))) : bound)
						.asType(TYPE));
		}
		catch (ReflectiveOperationException ex) {
			throw method.invalid("it cannot be accessed: " + ex.getMessage());
		}
	}

	private static MethodHandle bound(MethodHandle called, HandlerMethod method, HandlerArguments arguments)
			throws ReflectiveOperationException {
		ObjectComponent objects = method.component().objects();
		if (objects == null) {
			MethodHandle target = called.bindTo(method.component().bean());
			return withArguments(checked(target, arguments.check()), arguments.binders());
		}
		List<ArgumentBinder> binders = new ArrayList<>(arguments.binders());
		binders.add(0, objects::target);
		return withArguments(called, binders);
	}

	private static MethodHandle checked(MethodHandle target, @Nullable Consumer<@Nullable Object[]> check)
			throws ReflectiveOperationException {
		if (check == null) {
			return target;
		}
		MethodHandle accept = LOOKUP
			.findVirtual(Consumer.class, "accept", MethodType.methodType(void.class, Object.class))
			.bindTo(check)
			.asType(MethodType.methodType(void.class, Object[].class))
			.asCollector(Object[].class, target.type().parameterCount());
		return MethodHandles.foldArguments(target, accept.asType(target.type().changeReturnType(void.class)));
	}

	/** Combines the binders of all arguments, which all receive the same request. */
	private static MethodHandle withArguments(MethodHandle target, List<ArgumentBinder> binders)
			throws ReflectiveOperationException {
		MethodHandle bind = LOOKUP.findVirtual(ArgumentBinder.class, "bind", TYPE);
		MethodHandle[] arguments = new MethodHandle[binders.size()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = bind.bindTo(binders.get(i)).asType(TYPE.changeReturnType(target.type().parameterType(i)));
		}
		return MethodHandles.permuteArguments(MethodHandles.filterArguments(target, 0, arguments),
				TYPE.changeReturnType(target.type().returnType()), new int[arguments.length]);
	}

	@Override
	public @Nullable Object handle(Request request) throws Exception {
		try {
			return (Object) this.handle.invokeExact(request);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

}
