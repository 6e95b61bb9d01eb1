package io.nanogame.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method of a {@link GameComponent} that handles the messages of one route, by default
 * {@code component.method}. The same method serves requests, which are answered with what
 * it returns, and notifies, whose result is dropped.
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
 * declared by an interface. It is called through the bean as others see it: transactions,
 * security and other advice apply. Everything below is checked when the application
 * starts.
 *
 * <h2>Arguments</h2> In any order, all of them optional:
 * <ul>
 * <li>{@link io.nanogame.session.Session Session}: who sent the message.
 * <li>{@link io.nanogame.route.Request Request}: the message as a whole, to answer it
 * later with {@link io.nanogame.route.Request#defer() defer()}, or for its id, its route
 * and the attributes interceptors have set.
 * <li>{@link java.security.Principal Principal} or a type of it: who is logged in with
 * the session. When nobody is, the client is answered 401 and the method is not called,
 * unless the parameter is {@code @Nullable}.
 * <li>with Spring Security, {@code Authentication}, and what is annotated with its
 * {@code @AuthenticationPrincipal}.
 * <li>whatever an {@link ArgumentResolver} bean takes; these are asked before all others.
 * <li>at most one payload, which is any other type: a record, a class, a generic type
 * such as {@code List<Item>}, {@code JsonNode}, {@code String}, a generated protobuf
 * message, or {@code byte[]} for the body as it came. A body that is not such a value is
 * answered 400. {@code Optional} and asynchronous types are no payload, and neither are
 * beans, nor what the serializer can never read.
 * </ul>
 *
 * <h2>Validation</h2> As in Spring MVC: with {@code @Valid}, or {@code @Validated} and
 * its groups, the payload is validated (a collection, an array or a map element by
 * element). With a constraint at any parameter, or at the elements of a container, all
 * arguments are validated together, in the groups that {@code @Validated} at the method
 * or its class names. A violation is answered 400 with the first few paths, and the
 * method is not called. Needs a validator: {@code spring-boot-starter-validation}.
 * Constraints of results are for Spring's method validation, which {@code @Validated} at
 * the class asks for; without it they end the start.
 *
 * <h2>Result</h2>
 * <ul>
 * <li>{@code void}, or a {@code null}: the request is answered with nothing in
 * particular, which is <code>{}</code> in JSON. After
 * {@link io.nanogame.route.Request#defer() defer()} it is not answered yet.
 * <li>a value: it is serialised as the response, as the type that is declared here, so
 * that {@code List<Shape>} keeps the names of its elements' types; protobuf messages and
 * {@code byte[]} go as what they are.
 * <li>{@link reactor.core.publisher.Mono Mono} or
 * {@link java.util.concurrent.CompletionStage CompletionStage} of such: answered when it
 * completes. A {@code Mono} is subscribed to once, also for a notify, with the context
 * that {@link ReactorContextWriter} beans write.
 * <li>Nothing else that comes later or in parts: {@code Flux} and every other
 * {@code Publisher}, {@code Future}, {@code Stream}, {@code Optional}; and nothing that
 * is no value: {@code Session}, {@code Group}, {@code Callable}, what can be closed,
 * Spring's {@code ResponseEntity}. Push what is more than one answer.
 * </ul>
 *
 * <h2>Thread</h2>
 * <ul>
 * <li>In a component with a {@linkplain GameComponent#lane() lane}: on that lane.
 * <li>Else, if the result is a {@code Mono} or a {@code CompletionStage}, or with
 * {@link NonBlocking}: on the event loop of the session, or on the lane the session was
 * moved onto. Must not block.
 * <li>Else: on a worker thread, or on the lane the session was moved onto. May block.
 * </ul>
 * The messages of a session are handled one after the other: the next one starts when the
 * method has returned and its asynchronous result is complete, or its time is over.
 * {@link #concurrent()} gives that up, and so does a deferred answer.
 *
 * <h2>Errors</h2>
 * <ul>
 * <li>{@link io.nanogame.route.RequestException RequestException}: answered with its code
 * and words.
 * <li>an exception known to an {@link io.nanogame.route.ErrorMapper ErrorMapper} bean:
 * answered as that says.
 * <li>any other: answered 500; its message goes to the log only.
 * <li>no answer within the time for requests: answered 408.
 * </ul>
 * An asynchronous result may fail with the same. A notify is never answered, its failure
 * is only logged.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflection.class)
public @interface Handler {

	/**
	 * The whole route.
	 * @return such as {@code room.join}, 1 to 255 bytes in UTF-8, perhaps with
	 * placeholders ({@code ${…}}); by default what {@link RouteNaming} makes of component
	 * and method
	 */
	String value() default "";

	/**
	 * Whether the next message of a session may start before this one is done. Answers
	 * may then leave in another order than the requests came.
	 * @return false by default
	 */
	boolean concurrent() default false;

}
