package io.nanogame.boot.autoconfigure;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.PushSettings;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportSettings;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.net.AddressPolicy;
import io.nanogame.net.KeepAlive;
import io.nanogame.net.ListenerSettings;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import io.netty.handler.ssl.ClientAuth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

@ExtendWith(OutputCaptureExtension.class)
class NanoPropertiesTests {

	private final ApplicationContextRunner app = GameRunner.create();

	@Test
	void withoutAnyKeyTheServerIsSetUpAsTheEngineIs() {
		this.app.run((context) -> assertThat(context.getBean(TransportSettings.class))
			.isEqualTo(TransportSettings.defaults()));
	}

	@Test
	void withoutAnyKeyTheServerListensEverywhereOnNanosPort() {
		NanoProperties.Server server = bind().server();
		assertThat(server.port()).isEqualTo(3250);
		assertThat(server.address()).isNull();
		assertThat(server.ssl()).isEqualTo(new NanoProperties.Ssl(null, ClientAuth.NONE, false));
		assertThat(server.shutdown().gracePeriod()).hasSeconds(10);
	}

	@Test
	void theDefaultsHaveNoLimitsAndNoWebPath() {
		NanoProperties properties = bind();
		assertThat(properties.serializer()).isNull();
		assertThat(properties.dictionary()).isEmpty();
		assertThat(properties.timer().precision()).hasMillis(10);
		assertThat(properties.lane().capacity()).isEqualTo(100_000);
		assertThat(properties.web().path()).isNull();
	}

	@Test
	void theServerListensOnTheConfiguredAddressOnly() {
		String foreignAddress = "192.0.2.1";
		this.app.withPropertyValues("nano.server.address=" + foreignAddress)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("assign"));
	}

	@Test
	void timesAreSecondsUnlessTheySayOtherwise() {
		TransportSettings settings = settings("nano.heartbeat=5", "nano.request-timeout=7",
				"nano.server.handshake-timeout=300ms");
		assertThat(settings.connection().heartbeat()).isEqualTo(Duration.ofSeconds(5));
		assertThat(settings.dispatch().requestTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(settings.connection().handshakeTimeout()).isEqualTo(Duration.ofMillis(300));
	}

	@Test
	void sizesAreBytesUnlessTheySayOtherwise() {
		TransportSettings settings = settings("nano.server.max-packet-size=1000", "nano.server.max-inflated-size=2KB",
				"nano.push.high-water-mark=3MB");
		assertThat(settings.connection().packets().maxLength()).isEqualTo(1000);
		assertThat(settings.connection().packets().maxInflatedLength()).isEqualTo(2048);
		assertThat(settings.connection().highWaterMark()).isEqualTo((int) DataSize.ofMegabytes(3).toBytes());
	}

	@Test
	void sessionsOutliveTheirConnectionsAsConfigured() {
		assertThat(settings("nano.resume.window=60", "nano.resume.max-bytes=1KB", "nano.resume.max-sessions=10",
				"nano.resume.max-total-bytes=3GB")
			.resume()).isEqualTo(new ResumeSettings(Duration.ofMinutes(1), 1024, 10, 3L << 30));
		assertThat(settings("nano.resume.window=0").resume().isEnabled()).isFalse();
	}

	@Test
	void nothingIsCompressedByDefault() {
		assertThat(settings().compression()).isEqualTo(CompressionSettings.defaults());
	}

	@Test
	void methodsOfCompressionAreAListOfNames() {
		TransportSettings settings = settings("nano.server.compression=pomelo, permessage-deflate",
				"nano.server.compression-threshold=2KB");
		assertThat(settings.compression())
			.isEqualTo(new CompressionSettings(Set.of(Method.POMELO, Method.PERMESSAGE_DEFLATE), 2048));
	}

	@Test
	void aGameMayChooseAnotherPolicyForTheStatesOfRooms() {
		this.app.withPropertyValues("nano.push.policies.[room.state]=disconnect")
			.run((context) -> assertThat(context.getBean(PushSettings.class).policies())
				.containsOnly(entry("room.state", PushPolicy.DISCONNECT)));
	}

	@Test
	void pushesMayWaitForOthersAndHaveAPolicyByRoute() {
		this.app
			.withPropertyValues("nano.push.merge-window=5", "nano.push.policies.onPosition=coalesce",
					"nano.push.policies.[room.rumour]=drop")
			.run((context) -> {
				PushSettings pushes = context.getBean(PushSettings.class);
				assertThat(pushes.mergeWindow()).isEqualTo(Duration.ofMillis(5));
				assertThat(pushes.policies()).containsOnly(entry("onPosition", PushPolicy.COALESCE),
						entry("room.rumour", PushPolicy.DROP), entry("room.state", PushPolicy.DROP));
				assertThat(pushes.key().of("onPosition", "ann")).isNull();
			});
	}

	@Test
	void aPacketMayBeAsLongAsItsHeaderCanSay() {
		TransportSettings settings = settings("nano.server.max-packet-size=16777215");
		assertThat(settings.connection().packets().maxLength()).isEqualTo(0xFFFFFF);
	}

	@Test
	void theBacklogOfASessionIsAKey() {
		TransportSettings settings = settings("nano.session.max-backlog=9");
		assertThat(settings.dispatch().maxBacklog()).isEqualTo(9);
	}

	@Test
	void theLimitsOfAConnectionAreConfigurable() {
		ListenerSettings listener = listener("nano.server.websocket.max-request-line-size=4KB",
				"nano.server.websocket.max-header-size=16KB");
		assertThat(listener.upgrade().maxRequestLine()).isEqualTo(4096);
		assertThat(listener.upgrade().maxHeaders()).isEqualTo(16 * 1024);
		TransportSettings settings = settings("nano.session.keep-query=true", "nano.server.idle-timeout=90s",
				"nano.server.max-handshake-size=2KB", "nano.server.min-receive-rate=500",
				"nano.server.max-inflate-rate=64KB", "nano.session.max-backlog-size=3MB");
		assertThat(settings.connection().idleTimeout()).hasSeconds(90);
		assertThat(settings.connection().keepsQuery()).isTrue();
		assertThat(settings.connection().packets())
			.isEqualTo(new PacketLimits(2048, 64 * 1024, 1024 * 1024, 500, 64 * 1024));
		assertThat(settings.dispatch().maxBacklogBytes()).isEqualTo(3 * 1024 * 1024);
		assertThat(settings("nano.server.max-inflated-size=0").connection().packets().maxInflatedLength()).isZero();
	}

	@Test
	void clientsCanBeLimited() {
		TransportLimits limits = settings("nano.server.limits.max-connections=1000",
				"nano.server.limits.max-connections-per-address=10", "nano.server.limits.requests-per-second=20",
				"nano.server.limits.burst=50", "nano.server.limits.weights.room.join=5",
				"nano.server.limits.weights[room/say]=2", "nano.server.limits.on-excess=kick")
			.connection()
			.limits();
		assertThat(limits)
			.isEqualTo(new TransportLimits(1000, 10, 20, 50, Map.of("room.join", 5, "room/say", 2), OnExcess.KICK));
	}

	@Test
	void groupsAndSessionsCanBeLimited() {
		this.app.withPropertyValues("nano.server.limits.max-group-size=100", "nano.server.limits.max-attributes=20")
			.run((context) -> {
				assertThat(context.getBean(Groups.class).sizeLimit().max()).isEqualTo(100);
				assertThat(SessionRegistry.of(context.getBean(Sessions.class)).attributeLimit().max()).isEqualTo(20);
			});
	}

	private ListenerSettings listener(String... properties) {
		AtomicReference<ListenerSettings> settings = new AtomicReference<>();
		this.app.withPropertyValues(properties)
			.run((context) -> settings.set(
					new Listeners(List.of("pomelo"), () -> context.getBean(SslBundles.class), ClientFilters.of(context))
						.of(context.getBean(NanoProperties.class))
						.get(0)
						.settings()));
		return settings.get();
	}

	@Test
	void tcpCanBeSwitchedOff() {
		ListenerSettings settings = listener("nano.server.tcp.enabled=false");
		assertThat(settings.tcp()).isFalse();
		assertThat(settings.webSocket()).isTrue();
	}

	@Test
	void webSocketsCanBeSwitchedOff() {
		ListenerSettings settings = listener("nano.server.websocket.enabled=false");
		assertThat(settings.tcp()).isTrue();
		assertThat(settings.webSocket()).isFalse();
	}

	@Test
	void webSocketsCanBeKeptToAPath() {
		ListenerSettings settings = listener("nano.server.websocket.path=/game");
		assertThat(settings.upgrade().path()).isEqualTo("/game");
	}

	@Test
	void pagesOfOtherOriginsCanBeLetIn() {
		ListenerSettings settings = listener(
				"nano.server.websocket.allowed-origins=https://a.example,https://b.example");
		for (String origin : List.of("https://a.example", "https://b.example")) {
			assertThat(settings.upgrade().origins().allows(origin, "game.example", () -> null)).isTrue();
		}
		assertThat(settings.upgrade().origins().allows("https://c.example", "game.example", () -> null)).isFalse();
	}

	@Test
	void addressesOfClientsCanBeListed() {
		AddressPolicy addresses = listener("nano.server.addresses.allowed=10.0.0.0/8,fd00::/8",
				"nano.server.addresses.denied=10.1.0.0/16")
			.addresses();
		assertThat(addresses.allows(new InetSocketAddress("10.0.0.1", 1))).isTrue();
		assertThat(addresses.allows(new InetSocketAddress("fd00::1", 1))).isTrue();
		assertThat(addresses.allows(new InetSocketAddress("10.1.0.1", 1))).isFalse();
		assertThat(addresses.allows(new InetSocketAddress("192.0.2.1", 1))).isFalse();
	}

	@Test
	void idleConnectionsCanBeProbed() {
		assertThat(listener().keepAlive()).isNull();
		assertThat(listener("nano.server.keep-alive.idle=30").keepAlive())
			.isEqualTo(new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(10), 3));
		assertThat(listener("nano.server.keep-alive.idle=2m", "nano.server.keep-alive.interval=5",
				"nano.server.keep-alive.count=9")
			.keepAlive()).isEqualTo(new KeepAlive(Duration.ofMinutes(2), Duration.ofSeconds(5), 9));
	}

	@Test
	void proxyHeadersOfTrustedAddressesAreAccepted() {
		this.app.withPropertyValues("nano.server.proxy-protocol.trusted-addresses=10.0.0.0/8, 127.0.0.1")
			.run((context) -> {
				byte[] header = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 3250\r\n".getBytes(StandardCharsets.US_ASCII);
				try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port())) {
					client.sendBytes(header).handshake();
					assertThat(context.getBean(Sessions.class).all()).singleElement()
						.extracting(Session::remoteAddress)
						.isEqualTo(new InetSocketAddress("192.0.2.7", 5000));
				}
			});
	}

	@Test
	void messagesCanBeLogged() {
		TransportSettings settings = settings("nano.log-messages=true");
		assertThat(settings.dispatch().logMessages()).isTrue();
	}

	@Test
	void theCapacityOfLanesIsConfigurable() {
		this.app.withPropertyValues("nano.lane.capacity=2").run((context) -> {
			Lane lane = context.getBean(Lanes.class).create("short");
			CountDownLatch end = new CountDownLatch(1);
			lane.execute(() -> await(end));
			lane.execute(() -> await(end));
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> lane.execute(end::countDown));
			end.countDown();
		});
	}

	@Test
	void routesInBracketsGetTheirCodes() {
		this.app.withPropertyValues("nano.dictionary[room.join]=1", "nano.dictionary[room.onNewUser]=2")
			.run((context) -> assertThat(context.getBean(RouteDictionary.class).asMap())
				.isEqualTo(Map.of("room.join", 1, "room.onNewUser", 2)));
	}

	@Test
	void routesOfLettersAndDotsGetTheirCodesWithoutBracketsToo() {
		this.app.withPropertyValues("nano.dictionary.room.join=1", "nano.dictionary.room.onNewUser=2")
			.run((context) -> assertThat(context.getBean(RouteDictionary.class).asMap())
				.isEqualTo(Map.of("room.join", 1, "room.onNewUser", 2)));
	}

	@Test
	void theHandshakeContainsTheDictionary() {
		this.app.withPropertyValues("nano.dictionary[room.join]=1").run((context) -> {
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port())) {
				assertThat(client.handshake("{\"sys\":{\"type\":\"js-websocket\"}}")).contains("\"room.join\":1");
			}
		});
	}

	@Test
	void noCodeIsWarnedOfBecauseAllClientsReadThoseTheyAreSent(CapturedOutput output) {
		this.app.withPropertyValues("nano.dictionary[room.join]=255", "nano.dictionary[room.leave]=65535")
			.run((context) -> assertThat(output).doesNotContain("libpomelo", "room.leave"));
	}

	@Test
	void settingsOfTheAppWin() {
		TransportSettings own = TransportSettings.defaults();
		this.app.withBean("own", TransportSettings.class, () -> own)
			.run((context) -> assertThat(context.getBean(GameServer.class).transport().settings()).isSameAs(own));
	}

	@Test
	void aDictionaryOfTheAppWins() {
		RouteDictionary own = RouteDictionary.of(Map.of("room.join", 3));
		this.app.withBean("own", RouteDictionary.class, () -> own)
			.withPropertyValues("nano.dictionary[x.y]=1")
			.run((context) -> assertThat(context.getBean(RouteDictionary.class)).isSameAs(own));
	}

	private TransportSettings settings(String... keys) {
		AtomicReference<TransportSettings> settings = new AtomicReference<>();
		this.app.withPropertyValues(keys).run((context) -> settings.set(context.getBean(TransportSettings.class)));
		return settings.get();
	}

	private static NanoProperties bind() {
		return Binder.get(new MockEnvironment()).bindOrCreate("nano", NanoProperties.class);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
