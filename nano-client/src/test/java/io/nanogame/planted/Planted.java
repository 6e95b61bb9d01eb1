package io.nanogame.planted;

import com.google.protobuf.MessageLite;
import io.micrometer.core.instrument.MeterRegistry;
import io.nanogame.session.Session;
import tools.jackson.databind.json.JsonMapper;

/** Breaks every rule of the Java client's architecture. */
public class Planted {

	static int count;

	public int open;

	Session session;

	MeterRegistry registry;

	MessageLite message;

	JsonMapper mapper;

}
