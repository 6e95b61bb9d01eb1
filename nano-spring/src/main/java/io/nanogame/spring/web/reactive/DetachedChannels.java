package io.nanogame.spring.web.reactive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * The open channels that were taken from web servers, which do not count them any more
 * but are expected to close them when they stop listening. Any thread.
 */
final class TakenChannels {

	private final Map<Channel, ChannelGroup> byServer = new ConcurrentHashMap<>();

	void add(Channel channel) {
		Channel server = channel.parent();
		if (server != null) {
			this.byServer.computeIfAbsent(server, this::group).add(channel);
		}
	}

	private ChannelGroup group(Channel server) {
		ChannelGroup group = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
		server.closeFuture().addListener((closed) -> {
			this.byServer.remove(server);
			group.close();
		});
		return group;
	}

}
