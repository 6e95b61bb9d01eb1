package io.nanogame.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.nanogame.group.GroupSettings;
import io.nanogame.group.Groups;
import io.nanogame.group.LocalPushes;
import io.nanogame.group.Pushes;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.ThreadContext;
import io.nanogame.lane.Timers;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Sessions;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The beans of the game that components inject. They exist also when the server is
 * disabled, so that components can be created.
 */
@AutoConfiguration(after = { JacksonAutoConfiguration.class, TaskExecutionAutoConfiguration.class })
@EnableConfigurationProperties({ NanoProperties.class, NanoResumeProperties.class })
public final class NanoAutoConfiguration {

	private final NanoProperties properties;

	NanoAutoConfiguration(NanoProperties properties) {
		this.properties = properties;
	}

	@Bean
	@ConditionalOnMissingBean
	Serializers nanoSerializers(ApplicationContext context, ObjectProvider<JsonMapper> mapper) {
		return new Serializers(context.getBeansOfType(Serializer.class), this.properties.additionalSerializers(),
				mapper.getIfAvailable(JsonMapper::shared), context.getClassLoader());
	}

	@Bean
	@ConditionalOnMissingBean
	Payloads nanoPayloads(Serializers serializers) {
		long maxPacketSize = Math.min(Settings.MAX_LENGTH, this.properties.server().maxPacketSize().toBytes());
		return new Payloads(serializers.select(this.properties.serializer()),
				(int) Math.max(Payloads.DEFAULT_MAX_LENGTH, maxPacketSize));
	}

	/**
	 * Jackson's default pool of buffers is one queue for all threads, on which event
	 * loops would contend for every message.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnThreading(Threading.PLATFORM)
	JsonFactoryBuilderCustomizer nanoJsonBuffersOfEachThread() {
		return (factory) -> factory.recyclerPool(JsonRecyclerPools.threadLocalPool());
	}

	/**
	 * Boot defines no executor of its own if there is another Executor bean, such as a
	 * Lane.
	 */
	@Bean
	@ConditionalOnMissingBean(Lanes.class)
	Workers nanoWorkers(
			@Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME) ObjectProvider<Executor> boot,
			Environment environment, ObjectProvider<ThreadPoolTaskExecutorBuilder> platform,
			ObjectProvider<SimpleAsyncTaskExecutorBuilder> virtual) {
		Executor shared = boot.getIfAvailable();
		return (shared != null) ? Workers.borrowed(shared) : Workers.own(environment, platform, virtual);
	}

	@Bean
	@ConditionalOnMissingBean
	Lanes nanoLanes(Workers workers, ObjectProvider<ThreadContext> contexts) {
		return new Lanes(workers.executor(), Checks.atLeastOne("nano.lane.capacity", this.properties.lane().capacity()),
				ThreadContext.of(contexts.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	Sessions nanoSessions(Payloads payloads, Lanes lanes, ObjectProvider<LoginPolicy> policy) {
		return new Sessions(payloads, lanes.workers(),
				Checks.notNegative("nano.server.limits.max-attributes",
						this.properties.server().limits().maxAttributes()),
				new AtomicLong()::incrementAndGet, policy.getIfAvailable(() -> LoginPolicy.SEVERAL));
	}

	@Bean
	@ConditionalOnMissingBean
	GroupSettings nanoGroupSettings(Payloads payloads, Serializers serializers,
			ObjectProvider<MergedMessage> messages) {
		Serializer own = payloads.serializer();
		List<String> names = Stream.concat(Stream.of(own), serializers.additional(own).stream())
			.map(Serializer::name)
			.toList();
		return GroupSettings.of(
				Checks.notNegative("nano.server.limits.max-group-size",
						this.properties.server().limits().maxGroupSize()),
				new Merging(this.properties, messages.stream().toList(), names).routes());
	}

	@Bean
	@ConditionalOnMissingBean
	Groups nanoGroups(Payloads payloads, Timers timers, GroupSettings settings) {
		return new Groups(payloads, timers, settings);
	}

	@Bean
	@ConditionalOnMissingBean
	Pushes nanoPushes(Sessions sessions, Groups groups, Payloads payloads) {
		return new LocalPushes(sessions, groups, payloads);
	}

	@Bean(destroyMethod = "stop")
	@ConditionalOnMissingBean
	Timers nanoTimers(Lanes lanes) {
		return new Timers(lanes.named("timer"),
				Checks.atLeastOneMillisecond("nano.timer.precision", this.properties.timer().precision()));
	}

	/** Separates the transactions of services from those of their callers. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TransactionSynchronizationManager.class)
	static class Transactions {

		@Bean
		TransactionContext nanoTransactionContext() {
			return new TransactionContext();
		}

	}

}
