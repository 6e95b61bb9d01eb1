package io.nanogame.boot.autoconfigure.security;

import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.spring.security.AuthenticationArguments;
import io.nanogame.spring.security.HandshakeAuthenticationConverter;
import io.nanogame.spring.security.HandshakeAuthenticator;
import io.nanogame.spring.security.SecurityContextInterceptor;
import io.nanogame.spring.security.SecurityErrors;
import io.nanogame.spring.security.SecurityReactorContext;
import io.nanogame.spring.security.SecurityThreadContext;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Configures Spring Security for handlers: security contexts, arguments and errors; and
 * logins in the handshake for an app with a {@link HandshakeAuthenticationConverter}.
 */
@AutoConfiguration(after = NanoServerAutoConfiguration.class,
		afterName = { "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration" })
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnBooleanProperty(name = "nano.enabled", matchIfMissing = true)
public final class NanoSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SecurityContextInterceptor nanoSecurityContextInterceptor(ObjectProvider<SecurityContextHolderStrategy> holder) {
		return new SecurityContextInterceptor(holder.getIfUnique(SecurityContextHolder::getContextHolderStrategy));
	}

	@Bean
	@ConditionalOnMissingBean
	SecurityThreadContext nanoSecurityThreadContext(ObjectProvider<SecurityContextHolderStrategy> holder) {
		return new SecurityThreadContext(holder.getIfUnique(SecurityContextHolder::getContextHolderStrategy));
	}

	@Bean
	@ConditionalOnMissingBean
	SecurityReactorContext nanoSecurityReactorContext() {
		return new SecurityReactorContext();
	}

	@Bean
	@ConditionalOnMissingBean
	SecurityErrors nanoSecurityErrors() {
		return new SecurityErrors();
	}

	@Bean
	@ConditionalOnMissingBean
	AuthenticationArguments nanoAuthenticationArguments(BeanFactory beans) {
		return new AuthenticationArguments(beans);
	}

	@Bean
	@ConditionalOnBean(HandshakeAuthenticationConverter.class)
	@ConditionalOnMissingBean
	HandshakeAuthenticator nanoHandshakeAuthenticator(HandshakeAuthenticationConverter converter,
			AuthenticationManager manager) {
		return new HandshakeAuthenticator(converter, manager);
	}

	/** Makes principals available on the other nodes of a cluster. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(PrincipalCodec.class)
	static class Cluster {

		@Bean
		@ConditionalOnMissingBean
		PrincipalCodec nanoLogins() {
			return new AuthenticationCodec();
		}

	}

}
