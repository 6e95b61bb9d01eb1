package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.group.Groups;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.server.GameServer;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

class NanoAutoConfigurationTests {

	private final ApplicationContextRunner app = GameRunner.create();

	@Test
	void anAppHasAllThatComponentsWorkWith() {
		this.app.run((context) -> assertThat(context).hasSingleBean(Payloads.class)
			.hasSingleBean(Lanes.class)
			.hasSingleBean(Sessions.class)
			.hasSingleBean(Groups.class)
			.hasSingleBean(Timers.class)
			.hasSingleBean(GameServer.class)
			.hasSingleBean(NanoServerLifecycle.class));
	}

	@Test
	void anAppWithTheServerSwitchedOffStillHasThem() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Groups.class)
				.hasSingleBean(Sessions.class)
				.hasSingleBean(Timers.class)
				.doesNotHaveBean(GameServer.class)
				.doesNotHaveBean(NanoServerLifecycle.class));
	}

	@Test
	void handlersRunOnTheTaskExecutorOfTheApp() {
		this.app.run((context) -> assertThat(workers(context)).isInstanceOf(ThreadPoolTaskExecutor.class)
			.isSameAs(context.getBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)));
	}

	@Test
	void handlersRunOnVirtualThreadsWhenTheAppDoesAndTheJavaCan() {
		this.app.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			assertThat(workers(context))
				.isSameAs(context.getBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME));
			assertThat(workers(context) instanceof SimpleAsyncTaskExecutor)
				.isEqualTo(Threading.VIRTUAL.isActive(context.getEnvironment()));
		});
	}

	@Test
	void workersOfItsOwnAreVirtualWhenTheAppIsAndTheJavaCan() {
		this.app.withUserConfiguration(TwoExecutors.class)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(workers(context) instanceof SimpleAsyncTaskExecutor)
				.isEqualTo(Threading.VIRTUAL.isActive(context.getEnvironment())));
	}

	@Test
	void severalExecutorsOfTheAppAreNotUsedAsWorkers() {
		this.app.withUserConfiguration(TwoExecutors.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(workers(context)).isInstanceOf(ThreadPoolTaskExecutor.class)
				.isNotIn(context.getBean("one"), context.getBean("two"));
		});
	}

	@Test
	void anExecutorOfTheAppWithBootsNameIsTheWorkers() {
		this.app
			.withBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME, ExecutorService.class,
					Executors::newSingleThreadExecutor)
			.withUserConfiguration(TwoExecutors.class)
			.run((context) -> assertThat(workers(context))
				.isSameAs(context.getBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)));
	}

	@Test
	void aLaneBeanIsNotUsedForWorkers() {
		this.app.withUserConfiguration(LaneBean.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(workers(context)).isInstanceOf(ThreadPoolTaskExecutor.class);
		});
	}

	@Test
	void theSizeOfItsOwnPoolIsConfigurable() {
		this.app.withUserConfiguration(TwoExecutors.class)
			.withPropertyValues("spring.task.execution.pool.core-size=3")
			.run((context) -> assertThat(((ThreadPoolTaskExecutor) workers(context)).getCorePoolSize()).isEqualTo(3));
	}

	@Test
	void workersOfItsOwnAreThereWithoutAnythingOfBoot() {
		new ApplicationContextRunner().withBean(NanoAutoConfiguration.class)
			.run((context) -> assertThat(((ThreadPoolTaskExecutor) workers(context)).getCorePoolSize()).isEqualTo(8));
	}

	@Test
	void workersOfItsOwnEndWithTheApp() {
		Executor[] workers = new Executor[1];
		this.app.withUserConfiguration(TwoExecutors.class).run((context) -> workers[0] = workers(context));
		assertThat(((ThreadPoolTaskExecutor) workers[0]).getThreadPoolExecutor().isShutdown()).isTrue();
	}

	@Test
	void timersEndWithTheAppAlsoWhenTheServerNeverRan() {
		Timers[] timers = new Timers[1];
		this.app.withPropertyValues("nano.enabled=false").run((context) -> {
			timers[0] = context.getBean(Timers.class);
			timers[0].after(Duration.ofHours(1), () -> {
			});
			assertThat(timers[0].count()).isEqualTo(1);
		});
		assertThat(timers[0].count()).isZero();
	}

	@Test
	void jsonIsReadAndWrittenWithBuffersOfTheThread() {
		this.app.run((context) -> assertThat(recyclerPool(context)).isSameAs(JsonRecyclerPools.threadLocalPool()));
	}

	@Test
	void virtualThreadsKeepNoBuffers() {
		this.app.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			boolean virtual = Threading.VIRTUAL.isActive(context.getEnvironment());
			assertThat(recyclerPool(context) == JsonRecyclerPools.threadLocalPool()).isEqualTo(!virtual);
		});
	}

	@Test
	void buffersTheAppHasChosenWin() {
		this.app
			.withBean(JsonFactoryBuilderCustomizer.class,
					() -> (factory) -> factory.recyclerPool(JsonRecyclerPools.sharedBoundedPool()))
			.run((context) -> assertThat(recyclerPool(context)).isSameAs(JsonRecyclerPools.sharedBoundedPool()));
	}

	private static RecyclerPool<BufferRecycler> recyclerPool(AssertableApplicationContext context) {
		return context.getBean(JsonMapper.class).tokenStreamFactory()._getRecyclerPool();
	}

	@Test
	void payloadsOfTheAppWin() {
		Payloads own = new Payloads(new RawSerializer());
		this.app.withBean("own", Payloads.class, () -> own)
			.run((context) -> assertThat(context.getBean(Payloads.class)).isSameAs(own));
	}

	@Test
	void lanesOfTheAppWinAndSessionsFollowThem() {
		Lanes own = new Lanes(Runnable::run, 10);
		this.app.withBean("own", Lanes.class, () -> own).run((context) -> {
			assertThat(context.getBean(Lanes.class)).isSameAs(own);
			assertThat(context).doesNotHaveBean(Workers.class);
		});
	}

	@Test
	void sessionsOfTheAppWin() {
		Payloads payloads = new Payloads(new RawSerializer());
		Sessions own = new Sessions(payloads, Runnable::run);
		this.app.withBean("payloads", Payloads.class, () -> payloads)
			.withBean("own", Sessions.class, () -> own)
			.run((context) -> assertThat(context.getBean(GameServer.class).sessions()).isSameAs(own));
	}

	@Test
	void groupsOfTheAppWin() {
		Groups own = new Groups(new Payloads(new RawSerializer()), new Timers(Runnable::run, Duration.ofMillis(1)));
		this.app.withBean("own", Groups.class, () -> own)
			.run((context) -> assertThat(context.getBean(Groups.class)).isSameAs(own));
	}

	@Test
	void timersOfTheAppWin() {
		Timers own = new Timers(Runnable::run, Duration.ofMillis(1));
		this.app.withBean("own", Timers.class, () -> own)
			.run((context) -> assertThat(context.getBean(Timers.class)).isSameAs(own));
	}

	@Test
	void jsonIsWrittenByTheMapperOfTheApp() {
		this.app.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> assertThat(context.getBean(Payloads.class).write(new Score(7))).asString()
				.isEqualTo("{\"high_score\":7}"));
	}

	@Test
	void jsonIsWrittenWithoutAMapperOfTheAppToo() {
		new ApplicationContextRunner().withBean(NanoAutoConfiguration.class).run((context) -> {
			assertThat(context).doesNotHaveBean(JsonMapper.class);
			assertThat(context.getBean(Payloads.class).serializer()).isInstanceOf(JsonSerializer.class);
		});
	}

	private static Executor workers(AssertableApplicationContext context) {
		return context.getBean(Lanes.class).workers();
	}

	record Score(int highScore) {
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoExecutors {

		@Bean
		ExecutorService one() {
			return Executors.newSingleThreadExecutor();
		}

		@Bean
		ExecutorService two() {
			return Executors.newSingleThreadExecutor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LaneBean {

		@Bean
		Lane battle(Lanes lanes) {
			return lanes.named("battle");
		}

	}

}
