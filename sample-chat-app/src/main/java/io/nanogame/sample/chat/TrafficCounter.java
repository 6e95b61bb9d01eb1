package io.nanogame.sample.chat;

import java.util.concurrent.CompletionStage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.route.Request;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Counts received and sent messages, as the pipeline of nano's demo does.
 */
@Component
class TrafficCounter implements Interceptor, OutboundInterceptor {

	private final Counter received;

	private final Counter sent;

	TrafficCounter(MeterRegistry meters) {
		this.received = Counter.builder("chat.messages.received")
			.description("Messages the chat has handled")
			.register(meters);
		this.sent = Counter.builder("chat.messages.sent")
			.description("Messages the chat has sent, counted for each receiver")
			.register(meters);
	}

	@Override
	public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
		this.received.increment();
		return next.proceed(request);
	}

	@Override
	public OutboundMessage intercept(Session session, OutboundMessage message) {
		this.sent.increment();
		return message;
	}

	TrafficReport report() {
		return new TrafficReport((long) this.received.count(), (long) this.sent.count());
	}

}
