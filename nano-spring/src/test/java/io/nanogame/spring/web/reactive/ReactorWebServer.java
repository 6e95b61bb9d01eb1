package io.nanogame.spring.web.reactive;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.nanogame.spring.web.WebGame;
import io.nanogame.spring.web.WebServer;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A real Reactor Netty with a WebFlux app.
 */
final class ReactorWebServer extends WebServer {

	private final LoopResources loops = LoopResources.create("web", 1, 2, true);

	private final DisposableServer server;

	ReactorWebServer(WebGame game) {
		this(game, UnaryOperator.identity());
	}

	ReactorWebServer(WebGame game, List<String> protocols) {
		this(game, protocols, UnaryOperator.identity());
	}

	ReactorWebServer(WebGame game, UnaryOperator<HttpServer> customizer, WebFilter... filters) {
		this(game, WebGame.PROTOCOLS, customizer, filters);
	}

	private ReactorWebServer(WebGame game, List<String> protocols, UnaryOperator<HttpServer> customizer,
			WebFilter... filters) {
		super(game);
		this.server = customizer.apply(HttpServer.create().host("127.0.0.1").port(0).runOn(this.loops))
			.handle(new ReactorHttpHandlerAdapter(
					WebHttpHandlerBuilder.applicationContext(app(protocols, filters)).build()))
			.bindNow();
	}

	private AnnotationConfigApplicationContext app(List<String> protocols, WebFilter[] filters) {
		AnnotationConfigApplicationContext app = new AnnotationConfigApplicationContext();
		app.register(App.class);
		app.registerBean(SimpleUrlHandlerMapping.class, () -> new SimpleUrlHandlerMapping(
				Map.of("/nano", new GameWebSocketTakeover(this.game.server, WebGame.clients(protocols))), -1));
		app.registerBean(RouterFunction.class,
				() -> RouterFunctions.route()
					.GET("/hello", (request) -> ServerResponse.ok().bodyValue("hello"))
					.build());
		app.registerBean("login", WebFilter.class, () -> (exchange, chain) -> {
			String user = exchange.getRequest().getHeaders().getFirst("X-User");
			return chain.filter(
					(user != null) ? exchange.mutate().principal(Mono.<Principal>just(() -> user)).build() : exchange);
		});
		for (int i = 0; i < filters.length; i++) {
			WebFilter filter = filters[i];
			app.registerBean("filter" + i, WebFilter.class, () -> filter);
		}
		app.refresh();
		return app;
	}

	@Override
	public int port() {
		return this.server.port();
	}

	@Override
	public void stop() {
		this.server.disposeNow(Duration.ofSeconds(5));
	}

	@Override
	public void close() {
		super.close();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFlux
	static class App {

	}

}
