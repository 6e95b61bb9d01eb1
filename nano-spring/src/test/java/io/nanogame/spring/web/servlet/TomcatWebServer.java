package io.nanogame.spring.web.servlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;

import io.nanogame.spring.web.WebGame;
import io.nanogame.spring.web.WebServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.socket.config.annotation.EnableWebSocket;

/**
 * A real Tomcat with a Spring MVC app.
 */
final class TomcatWebServer extends WebServer {

	private final Tomcat tomcat = new Tomcat();

	private final Path directory;

	TomcatWebServer(WebGame game, Duration sendLimit) {
		this(game, sendLimit, WebGame.PROTOCOLS);
	}

	TomcatWebServer(WebGame game, Duration sendLimit, List<String> protocols) {
		super(game);
		try {
			this.directory = Files.createTempDirectory("tomcat");
			this.tomcat.setBaseDir(this.directory.toString());
			this.tomcat.setPort(0);
			this.tomcat.setSilent(true);
			this.tomcat.getConnector().setProperty("address", "127.0.0.1");
			StandardContext context = (StandardContext) this.tomcat.addContext("", null);
			context.setClearReferencesRmiTargets(false);
			context.setClearReferencesThreadLocals(false);
			context.addServletContainerInitializer(new WsSci(), null);
			context.addServletContainerInitializer((classes, servlets) -> register(servlets, app(sendLimit, protocols)),
					null);
			this.tomcat.start();
		}
		catch (IOException | LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void register(ServletContext servlets, AnnotationConfigWebApplicationContext app) {
		servlets.addFilter("login", new Login()).addMappingForUrlPatterns(null, false, "/*");
		ServletRegistration.Dynamic servlet = servlets.addServlet("app", new DispatcherServlet(app));
		servlet.setLoadOnStartup(1);
		servlet.addMapping("/");
	}

	private AnnotationConfigWebApplicationContext app(Duration sendLimit, List<String> protocols) {
		AnnotationConfigWebApplicationContext app = new AnnotationConfigWebApplicationContext();
		app.register(App.class);
		GameWebSocketHandler handler = new GameWebSocketHandler(this.game.server, this.game.lanes, this.game.timers,
				WebGame.clients(protocols), sendLimit);
		app.addBeanFactoryPostProcessor((beans) -> {
			beans.registerSingleton("game", new GameWebSocketConfigurer(handler));
			beans.registerSingleton("/hello",
					(HttpRequestHandler) (request, response) -> response.getWriter().write("hello"));
		});
		return app;
	}

	@Override
	public int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void stop() {
		if (this.tomcat.getServer().getState() == LifecycleState.DESTROYED) {
			return;
		}
		try {
			this.tomcat.stop();
			this.tomcat.destroy();
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException | LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	@EnableWebSocket
	static class App {

	}

	private static final class Login extends HttpFilter {

		@Override
		protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			String user = request.getHeader("X-User");
			chain.doFilter((user != null) ? new HttpServletRequestWrapper(request) {

				@Override
				public Principal getUserPrincipal() {
					return () -> user;
				}

			} : request, response);
		}

	}

}
