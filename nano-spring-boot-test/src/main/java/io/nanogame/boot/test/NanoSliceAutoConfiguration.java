package io.nanogame.boot.test;

import java.util.List;
import java.util.concurrent.Executor;

import io.nanogame.boot.autoconfigure.GameServerBuilderCustomizer;
import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.boot.test.slice.MemoryNetwork;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.memory.GameThreads;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;

/**
 * Replaces the threads, the time and the sockets of the game in {@link NanoTest}.
 */
@AutoConfiguration(before = NanoAutoConfiguration.class)
public final class NanoSliceAutoConfiguration {

	@Bean
	GameThreads nanoGameThreads() {
		return new GameThreads();
	}

	/**
	 * Replaces the executor that Boot creates in an app. Virtual time waits for the tasks
	 * of components, too.
	 */
	@Bean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)
	@ConditionalOnMissingBean(Executor.class)
	AsyncTaskExecutor nanoSliceTaskExecutor(GameThreads threads) {
		return new TaskExecutorAdapter(threads.executor());
	}

	@Bean
	VirtualTime nanoVirtualTime(GameThreads threads) {
		return new VirtualTime(threads);
	}

	@Bean
	Lanes nanoLanes(GameThreads threads, NanoProperties properties) {
		return new Lanes(threads.executor(), properties.lane().capacity());
	}

	@Bean(destroyMethod = "stop")
	Timers nanoTimers(Lanes lanes, NanoProperties properties, VirtualTime time) {
		return new Timers(lanes.named("timer"), properties.timer().precision(), time);
	}

	@Bean
	GameServerBuilderCustomizer nanoWithoutPort() {
		return (builder) -> builder.listeners(List.of());
	}

	@Bean
	MemoryNetwork nanoMemoryNetwork(GameServer server, GameThreads threads, VirtualTime time) {
		return new MemoryNetwork(server, threads, time);
	}

}
