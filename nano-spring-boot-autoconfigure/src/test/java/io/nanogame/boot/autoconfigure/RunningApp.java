package io.nanogame.boot.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A real app with a {@link Room}, on free ports of the loopback.
 */
public final class RunningApp implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private RunningApp(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static RunningApp start(WebApplicationType type, String... properties) {
		return start(App.class, type, properties);
	}

	public static RunningApp start(Class<?> app, WebApplicationType type, String... properties) {
		return startWith(app, type, List.of(), properties);
	}

	/** Starts an app with some beans. */
	public static RunningApp startWith(WebApplicationType type, List<?> beans, String... properties) {
		return startWith(App.class, type, beans, properties);
	}

	private static RunningApp startWith(Class<?> app, WebApplicationType type, List<?> beans, String... properties) {
		return new RunningApp(new SpringApplicationBuilder(app).web(type)
			.initializers((context) -> beans
				.forEach((bean) -> context.getBeanFactory().registerSingleton(bean.getClass().getName(), bean)))
			.properties("nano.server.port=0", "nano.server.address=127.0.0.1", "server.port=0",
					"server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.reactor.netty.shutdown-quiet-period=0s")
			.properties(properties)
			.run());
	}

	public int gamePort() {
		return this.context.getEnvironment().getRequiredProperty("local.nano.port", Integer.class);
	}

	public int webPort() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public ApplicationContext context() {
		return this.context;
	}

	public HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send("GET", path);
	}

	/** Sends a request without a body. */
	public HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + webPort() + path);
		HttpRequest request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** An app whose web pages need no login. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { TomcatReactiveWebServerAutoConfiguration.class,
			ServletWebSecurityAutoConfiguration.class, ManagementWebSecurityAutoConfiguration.class,
			ReactiveWebSecurityAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
	@Import(Room.class)
	public static class App {

	}

}
