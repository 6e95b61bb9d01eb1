package io.nanogame.spring;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.route.LaneSelector;
import io.nanogame.route.Threading;
import io.nanogame.spring.elsewhere.DistantBase;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.completionStage;

/**
 * Handlers of beans behind a proxy, as with transactions or method security: the advice
 * runs for each message.
 */
class ProxiedComponentTests {

	@Test
	void adviceRunsWithAClassProxy() throws Exception {
		try (TestGame game = new TestGame(ClassProxies.class, Bank.class)) {
			assertThat(AopUtils.isCglibProxy(game.context.getBean(Bank.class))).isTrue();
			assertThat(game.call("bank.pay", "5")).isEqualTo("paid 5 to the house in a transaction");
			assertThat(Ledger.of(game)).containsExactly("pay");
		}
	}

	@Test
	void adviceRunsWithAnInterfaceProxy() throws Exception {
		try (TestGame game = new TestGame(InterfaceProxies.class, DeclaredBank.class)) {
			assertThat(AopUtils.isJdkDynamicProxy(game.context.getBean("proxiedComponentTests.DeclaredBank"))).isTrue();
			assertThat(game.call("declaredBank.pay", "5")).isEqualTo("paid 5");
			assertThat(Ledger.of(game)).containsExactly("pay");
		}
	}

	@Test
	void anInterfaceMayDeclareALessSpecificResult() throws Exception {
		try (TestGame game = new TestGame(InterfaceProxies.class, DeclaredBank.class)) {
			assertThat(game.route("declaredBank.balance").threading()).isEqualTo(Threading.EVENT_LOOP);
			assertThat(game.call("declaredBank.balance")).asInstanceOf(completionStage(Object.class))
				.isCompletedWithValue(7);
		}
	}

	@Test
	void anExceptionIsNotWrappedByTheProxy() {
		try (TestGame game = new TestGame(InterfaceProxies.class, DeclaredBank.class)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> game.call("declaredBank.fail"));
		}
	}

	@Test
	void nameAndAnnotationsAreReadFromTheClassBehindTheProxy() {
		try (TestGame game = new TestGame(ClassProxies.class, Bank.class)) {
			assertThat(game.route("bank.pay").origin()).isEqualTo(Bank.class.getName() + ".pay(int)");
			assertThat(game.route("bank.pay").lane()).isEqualTo(LaneSelector.of(game.lanes.named("money")));
		}
	}

	@Test
	void aHandlerThatTheInterfaceDoesNotDeclareIsRefused() {
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> new TestGame(InterfaceProxies.class, UndeclaredBank.class))
			.withMessageContaining("UndeclaredBank.pay()")
			.withMessageContaining("proxy-target-class");
	}

	@Test
	void aHandlerThatTheProxyCannotOverrideIsRefused() {
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> new TestGame(ClassProxies.class, FinalBank.class))
			.satisfies((ex) -> assertThat(ex.problem()).contains("cannot override", "final"));
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> new TestGame(ClassProxies.class, DistantBank.class))
			.satisfies((ex) -> assertThat(ex.problem()).contains("cannot override", "package-private"));
	}

	@Test
	void withoutAProxySuchHandlersAreAllowed() throws Exception {
		try (TestGame game = new TestGame(Ledger.class, FinalBank.class, DistantBank.class)) {
			assertThat(game.call("finalBank.pay")).isEqualTo("paid");
			assertThat(game.call("distantBank.distant")).isEqualTo("here");
		}
	}

	@Test
	void aPrivateHandlerBehindAProxyIsRefused() {
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> new TestGame(ClassProxies.class, SecretBank.class))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("it is private"));
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface InTransaction {

	}

	/**
	 * A stand-in for a database: records the methods that were called in a transaction.
	 */
	static class Ledger {

		final List<String> transactions = new ArrayList<>();

		boolean inTransaction;

		static List<String> of(TestGame game) {
			return game.context.getBean(Ledger.class).transactions;
		}

	}

	static class Proxies {

		@Bean
		static Ledger ledger() {
			return new Ledger();
		}

		@Bean
		static DefaultPointcutAdvisor transactions(Ledger ledger) {
			MethodInterceptor advice = (invocation) -> {
				ledger.transactions.add(invocation.getMethod().getName());
				ledger.inTransaction = true;
				try {
					return invocation.proceed();
				}
				finally {
					ledger.inTransaction = false;
				}
			};
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(InTransaction.class),
					advice);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxies extends Proxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxyCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxies extends Proxies {

		@Bean
		static DefaultAdvisorAutoProxyCreator proxyCreator() {
			return new DefaultAdvisorAutoProxyCreator();
		}

	}

	@GameComponent(lane = "money")
	static class Bank {

		private final Ledger ledger;

		private final String owner = new String("the house");

		Bank(Ledger ledger) {
			this.ledger = ledger;
		}

		@Handler
		@InTransaction
		String pay(int amount) {
			return "paid " + amount + " to " + this.owner + (this.ledger.inTransaction ? " in a transaction" : "");
		}

	}

	interface Paying {

		String pay(int amount);

		Object balance();

		void fail() throws IOException;

	}

	@GameComponent
	static class DeclaredBank implements Paying {

		@Override
		@Handler
		@InTransaction
		public String pay(int amount) {
			return "paid " + amount;
		}

		@Override
		@Handler
		public Mono<Integer> balance() {
			return Mono.just(7);
		}

		@Override
		@Handler
		public void fail() throws IOException {
			throw new IOException();
		}

	}

	@GameComponent
	static class UndeclaredBank implements Runnable {

		@Handler
		@InTransaction
		public void pay() {
		}

		@Override
		public void run() {
		}

	}

	@GameComponent
	static class FinalBank {

		private final Ledger ledger;

		FinalBank(Ledger ledger) {
			this.ledger = ledger;
		}

		@Handler
		@InTransaction
		final String pay() {
			return this.ledger.inTransaction ? "never" : "paid";
		}

		@InTransaction
		void proxied() {
		}

	}

	@GameComponent
	static class DistantBank extends DistantBase {

		@InTransaction
		void proxied() {
		}

	}

	@GameComponent
	static class SecretBank {

		@Handler
		private void pay() {
		}

		@InTransaction
		void proxied() {
		}

	}

}
