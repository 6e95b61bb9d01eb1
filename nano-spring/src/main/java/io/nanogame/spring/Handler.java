package io.nanogame.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method of a {@link GameComponent} that handles the messages of one route, by default
 * {@code component.method}. The same method serves requests, whose reply is the value it
 * returns, and notifies, whose result is dropped.
 *
 * <pre class="code">
 * &#64;GameComponent("room")
 * class RoomComponent {
 *
 *     &#64;Handler
 *     JoinResponse join(Session session, &#64;Valid JoinRequest request) { … }
 *
 * }
 * </pre>
 *
 * <h2>Method</h2> Any visibility but private, not static. It may be inherited, or
 * declared by an interface. It is called through the bean's proxy, if it has one:
 * transactions, security and other advice apply. Everything below is checked when the
 * application starts.
 *
 * <h2>Arguments</h2> In any order, all of them optional:
 * <ul>
 * <li>{@link io.nanogame.session.Session Session}: the session that sent the message.
 * <li>{@link io.nanogame.route.Request Request}: the message as a whole, to reply later
 * with {@link io.nanogame.route.Request#defer() defer()}, or for its id, its route and
 * the attributes that interceptors have set.
 * <li>{@link java.security.Principal Principal} or a subtype: the principal of the
 * session. Without one the request fails with 401 and the method is not called, unless
 * the parameter is {@code @Nullable}.
 * <li>with Spring Security, {@code Authentication}, and parameters annotated with its
 * {@code @AuthenticationPrincipal}.
 * <li>any parameter that an {@link ArgumentResolver} bean supports; these are tried
 * before all others.
 * <li>at most one payload, which is any other type: a record, a class, a generic type
 * such as {@code List<Item>}, {@code JsonNode}, {@code String}, a generated protobuf
 * message, or {@code byte[]} for the raw body. A body that cannot be read as the type
 * fails with 400. {@code Optional}, asynchronous types, beans, and types that the
 * serializer can never read are not allowed.
 * </ul>
 *
 * <h2>Validation</h2> As in Spring MVC: with {@code @Valid}, or {@code @Validated} and
 * its groups, the payload is validated (a collection, an array or a map element by
 * element). With a constraint at any parameter, or at the elements of a container, all
 * arguments are validated together, in the groups that {@code @Validated} at the method
 * or its class names. A violation fails the request with 400 and the first few paths, and
 * the method is not called. Requires a validator: {@code spring-boot-starter-validation}.
 * Constraints of results are checked by Spring's method validation, which
 * {@code @Validated} at the class enables; without it the application does not start.
 *
 * <h2>Result</h2>
 * <ul>
 * <li>{@code void}, or {@code null}: the reply is empty, which is <code>{}</code> in
 * JSON. After {@link io.nanogame.route.Request#defer() defer()} no reply is sent yet.
 * <li>a value: it is serialised as the declared type, so that {@code List<Shape>} keeps
 * the type names of its elements; protobuf messages and {@code byte[]} are sent as they
 * are.
 * <li>{@link reactor.core.publisher.Mono Mono} or
 * {@link java.util.concurrent.CompletionStage CompletionStage} of such a value: the reply
 * is sent when it completes. A {@code Mono} is subscribed to once, also for a notify,
 * with the context that {@link ReactorContextWriter} beans write.
 * <li>Not supported are other asynchronous or streaming types: {@code Flux} and every
 * other {@code Publisher}, {@code Future}, {@code Stream}, {@code Optional}; and types
 * that are not values: {@code Session}, {@code Group}, {@code Callable},
 * {@code AutoCloseable}, Spring's {@code ResponseEntity}. Use pushes to send more than
 * one reply.
 * </ul>
 *
 * <h2>Thread</h2>
 * <ul>
 * <li>In a component with a {@linkplain GameComponent#lane() lane}: on that lane.
 * <li>Else, if the result is a {@code Mono} or a {@code CompletionStage}, or with
 * {@link NonBlocking}: on the event loop of the session, or on the lane that the session
 * was moved to. Must not block.
 * <li>Else: on a worker thread, or on the lane that the session was moved to. May block.
 * </ul>
 * The messages of a session are handled one after the other: the next one starts when the
 * method has returned and its asynchronous result is complete, or its time-out has
 * elapsed. {@link #concurrent()} and deferred replies lift this restriction.
 *
 * <h2>Errors</h2>
 * <ul>
 * <li>{@link io.nanogame.route.RequestException RequestException}: the request fails with
 * its code and message.
 * <li>an exception known to an {@link io.nanogame.route.ErrorMapper ErrorMapper} bean:
 * the request fails as the bean decides.
 * <li>any other: the request fails with 500; the exception is only logged.
 * <li>no reply before the request's deadline: the request fails with 408.
 * </ul>
 * An asynchronous result may fail with the same exceptions. A notify has no reply; its
 * failure is only logged.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflection.class)
public @interface Handler {

	/**
	 * The whole route.
	 * @return a route such as {@code room.join}, 1 to 255 bytes in UTF-8, possibly with
	 * placeholders ({@code ${…}}); by default the name that {@link RouteNaming} derives
	 * from component and method
	 */
	String value() default "";

	/**
	 * Whether the next message of a session may start before this one is done. Replies
	 * may then be sent in another order than the requests.
	 * @return false by default
	 */
	boolean concurrent() default false;

	/**
	 * The id of the route in the protocol {@code length-id}. The key
	 * {@code nano.listeners.<name>.ids} may set another one.
	 * @return 0 to 4294967295; -1 for none, which is the default
	 */
	long id() default -1;

}
