package io.nanogame.boot.autoconfigure.cluster;

import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.server.GameServer;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The login policy key, and the deprecated key, have the same meaning with and without a
 * cluster.
 */
@ExtendWith(OutputCaptureExtension.class)
class LoginPolicyKeysTests {

	private final ApplicationContextRunner app = GameRunner.create().withBean(Account.class);

	@Test
	void withoutKeysAPlayerMayHaveSeveralSessions() {
		this.app.run((context) -> assertThat(context.getBean(LoginPolicy.class)).isEqualTo(LoginPolicy.SEVERAL));
	}

	@ParameterizedTest
	@CsvSource({ "several, , SEVERAL", "replace, , REPLACE", "refuse, , REFUSE", "continue, , CONTINUE",
			", true, REPLACE", ", false, SEVERAL", "replace, true, REPLACE", "several, false, SEVERAL" })
	void theKeysSelectTheLoginPolicy(String login, String unique, LoginPolicy policy, CapturedOutput log) {
		with(login, unique).run((context) -> {
			assertThat(context.getBean(LoginPolicy.class)).isEqualTo(policy);
			if (unique != null) {
				assertThat(log).contains("nano.cluster.unique-sessions is deprecated");
			}
			else {
				assertThat(log).doesNotContain("deprecated");
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "several, true", "refuse, true", "replace, false", "refuse, false" })
	void keysThatContradictEachOtherEndTheStart(String login, String unique) {
		with(login, unique).run((context) -> assertThat(context.getStartupFailure()).rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
				assertThat(ex.getName()).isEqualTo("nano.cluster.unique-sessions");
				assertThat(ex.getReason()).contains("nano.session.login");
			}));
	}

	private ApplicationContextRunner with(String login, String unique) {
		ApplicationContextRunner runner = this.app;
		if (login != null) {
			runner = runner.withPropertyValues("nano.session.login=" + login);
		}
		return (unique != null) ? runner.withPropertyValues("nano.cluster.unique-sessions=" + unique) : runner;
	}

	@ParameterizedTest
	@CsvSource({ "nano.session.login=replace", "nano.cluster.unique-sessions=true" })
	void onOneServerANewLoginReplacesTheOlderSession(String key) {
		this.app.withPropertyValues(key).run(LoginPolicyKeysTests::replaces);
	}

	@ParameterizedTest
	@CsvSource({ "nano.session.login=replace", "nano.cluster.unique-sessions=true" })
	void inAClusterItDoesTheSame(String key) {
		try (NatsServer nats = new NatsServer()) {
			ClusterRunner.create(nats)
				.withBean(Account.class)
				.withPropertyValues(key)
				.run(LoginPolicyKeysTests::replaces);
		}
	}

	private static void replaces(AssertableApplicationContext context) throws Exception {
		int port = context.getBean(GameServer.class).port();
		try (RawClient first = RawClient.tcp(port).handshake(); RawClient second = RawClient.tcp(port).handshake()) {
			first.request(1, "account.login", "\"ann\"");
			assertThat(first.readResponse(1)).isEqualTo("{}");
			second.request(1, "account.login", "\"ann\"");
			assertThat(second.readResponse(1)).isEqualTo("{}");
			assertThat(first.readKick()).contains("logged in elsewhere");
		}
	}

	@GameComponent("account")
	static class Account {

		@Handler
		void login(Session session, String uid) {
			session.bind(uid);
		}

	}

}
