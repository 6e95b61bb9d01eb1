package io.nanogame.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests all keys of the TLS guide in one app, with existing files.
 */
class TlsGuideTests {

	@TempDir
	private Path folder;

	private TestAuthority authority;

	@EnableAutoConfiguration
	@ComponentScan(useDefaultFilters = false,
			includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.DeviceComponent"))
	static class App {

	}

	@BeforeEach
	void createFiles() throws Exception {
		this.authority = new TestAuthority();
		X509Bundle server = this.authority.server(1);
		Files.writeString(this.folder.resolve("fullchain.pem"), server.getCertificatePathPEM());
		Files.writeString(this.folder.resolve("privkey.pem"), server.getPrivateKeyPEM());
		Files.writeString(this.folder.resolve("clients-ca.pem"), this.authority.root().getCertificatePEM());
	}

	/** Starts the app with the guide's keys, and files in the temporary folder. */
	private ConfigurableApplicationContext start(String... regions) throws Exception {
		StandardEnvironment environment = new StandardEnvironment();
		for (String region : regions) {
			String yaml = Snippet.find("TlsGuide.yml#" + region).orElseThrow().code();
			Path file = Files.writeString(this.folder.resolve(region + ".yml"),
					yaml.replace("/etc/game", this.folder.toString()));
			new YamlPropertySourceLoader().load(region, new FileSystemResource(file))
				.forEach(environment.getPropertySources()::addLast);
		}
		return new SpringApplicationBuilder(App.class).environment(environment)
			.web(WebApplicationType.NONE)
			.properties("nano.server.port=0", "nano.server.address=127.0.0.1", "spring.config.name=none")
			.run();
	}

	private static int port(ConfigurableApplicationContext app) {
		return app.getEnvironment().getRequiredProperty("local.nano.port", Integer.class);
	}

	private static String name(RawClient client) {
		return client.request(1, "device.name", "").readResponse(1);
	}

	@Test
	void aClientCertificateIsThePrincipal() throws Exception {
		try (ConfigurableApplicationContext app = start("bundle", "clients");
				RawClient kiosk = RawClient.tcp(this.authority.connect(port(app), this.authority.client("kiosk 7")))) {
			assertThat(name(kiosk.handshake())).isEqualTo("\"CN=kiosk 7\"");
		}
	}

	@Test
	void plainTextIsServedIfAllowed() throws Exception {
		try (ConfigurableApplicationContext app = start("bundle", "plain");
				RawClient plain = RawClient.tcp(port(app)).handshake();
				RawClient encrypted = RawClient.tcp(this.authority.connect(port(app))).handshake()) {
			assertThat(List.of(name(plain), name(encrypted))).allMatch((answer) -> answer.contains("401"));
		}
	}

}
