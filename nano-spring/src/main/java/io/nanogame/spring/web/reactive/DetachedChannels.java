package io.nanogame.spring.web.reactive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * The open channels that have been detached from web servers. A server no longer tracks
 * them, but is expected to close them when it stops listening. Any thread.
 */
final class DetachedChannels {

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
