package io.nanogame.cluster.node;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.nanogame.cluster.wire.NatsLink;
import io.nanogame.cluster.wire.Subjects;
import io.nanogame.node.Node;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.nats.service.Service;
import io.nats.service.ServiceEndpoint;

/**
 * A node as an instance of a service of NATS's services protocol, whose statistics are
 * the description of the node.
 */
final class NodeService {

	private static final String VERSION = "1.0.0";

	private static final String ENDPOINT = "node";

	private final NatsLink link;

	private final String name;

	private final Service service;

	NodeService(NatsLink link, String name, String node, Subjects subjects, Supplier<Node> self) {
		this.link = link;
		this.name = name;
		this.service = Service.builder()
			.connection(link.connection())
			.name(name)
			.version(VERSION)
			.description("A node of a game server")
			.metadata(Map.of("id", node))
			.addServiceEndpoint(ServiceEndpoint.builder()
				.endpointName(ENDPOINT)
				.endpointSubject(subjects.node(node) + ".ping")
				.statsDataSupplier(() -> NodeJson.write(self.get()))
				.handler((message) -> message.respond(link.connection(), new byte[0]))
				.build())
			.build();
	}

	void start() {
		this.service.startService();
	}

	void stop() {
		this.service.stop(false);
	}

	/**
	 * Requests the statistics of all instances, including this one, as replies to a
	 * subject.
	 */
	void ask(String inbox) {
		this.link.publish(Service.DEFAULT_SERVICE_PREFIX + Service.SRV_STATS + "." + this.name, inbox, new byte[0]);
	}

	/**
	 * Parses a reply.
	 * @return the descriptions of its nodes; may be empty
	 */
	static List<JsonValue> read(byte[] answer) throws JsonParseException {
		List<JsonValue> endpoints = JsonValueUtils.readArray(JsonParser.parse(answer), "endpoints");
		return (endpoints == null) ? List.of()
				: endpoints.stream()
					.filter((endpoint) -> ENDPOINT.equals(JsonValueUtils.readString(endpoint, "name")))
					.map((endpoint) -> JsonValueUtils.readObject(endpoint, "data"))
					.filter((data) -> data != null)
					.toList();
	}

}
