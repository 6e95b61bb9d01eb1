package io.nanogame.net;

import java.util.HashMap;
import java.util.Map;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enables TCP keepalive for the channels of a listener. Each transport of Netty has its
 * own constants for the options, whose names have the same ends. Thread-safe.
 */
final class KeepAliveOptions {

	private static final Logger log = LoggerFactory.getLogger(KeepAliveOptions.class);

	private final Map<String, Integer> values;

	/**
	 * The options of the transport; null before the first channel. Threads that race find
	 * the same ones.
	 */
	private volatile @Nullable Map<ChannelOption<Integer>, Integer> options;

	KeepAliveOptions(KeepAlive settings) {
		this.values = Map.of("TCP_KEEPIDLE", (int) settings.idle().toSeconds(), "TCP_KEEPINTERVAL",
				(int) settings.interval().toSeconds(), "TCP_KEEPINTVL", (int) settings.interval().toSeconds(),
				"TCP_KEEPCOUNT", settings.count(), "TCP_KEEPCNT", settings.count());
	}

	void enable(Channel channel) {
		Map<ChannelOption<Integer>, Integer> found = this.options;
		if (found == null) {
			found = find(channel);
			this.options = found;
		}
		channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
		found.forEach((option, value) -> channel.config().setOption(option, value));
	}

	@SuppressWarnings("unchecked")
	private Map<ChannelOption<Integer>, Integer> find(Channel channel) {
		Map<ChannelOption<Integer>, Integer> found = new HashMap<>();
		for (ChannelOption<?> option : channel.config().getOptions().keySet()) {
			Integer value = this.values.get(option.name().substring(option.name().lastIndexOf('#') + 1));
			if (value != null) {
				found.put((ChannelOption<Integer>) option, value);
			}
		}
		if (found.size() < 3) {
			log.warn("{} cannot set the times of TCP keepalive, so that those of the system apply",
					channel.getClass().getSimpleName());
		}
		return found;
	}

}
