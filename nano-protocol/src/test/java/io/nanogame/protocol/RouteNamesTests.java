package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteNamesTests {

	@Test
	void aKnownRouteIsTheKnownInstance() {
		List<String> known = IntStream.range(0, 1000).mapToObj((i) -> "room" + i + ".进入").toList();
		RouteNames names = new RouteNames(known);
		assertThat(known).allSatisfy((route) -> assertThat(read(names, route)).isSameAs(route));
	}

	@Test
	void anUnknownRouteIsANewString() {
		RouteNames names = new RouteNames(List.of("room.join"));
		assertThat(read(names, "room.joim")).isEqualTo("room.joim");
		assertThat(read(names, "room.join2")).isEqualTo("room.join2");
		assertThat(read(names, "")).isEmpty();
	}

	@Test
	void routesWithTheSameHashAreDistinguished() {
		RouteNames names = new RouteNames(List.of("Aa.x", "BB.x"));
		assertThat("Aa.x").hasSameHashCodeAs("BB.x");
		assertThat(read(names, "Aa.x")).isEqualTo("Aa.x");
		assertThat(read(names, "BB.x")).isEqualTo("BB.x");
		assertThat(read(new RouteNames(List.of("Aa.x")), "BB.x")).isEqualTo("BB.x");
	}

	@Test
	void aLookUpReadsEachByteAtMostTwice() {
		List<String> known = IntStream.range(1000, 2000).mapToObj((i) -> "room.join" + i).toList();
		RouteNames names = new RouteNames(known);
		assertThat(known).allSatisfy((route) -> {
			CountedReads in = new CountedReads(route.getBytes(StandardCharsets.UTF_8));
			assertThat(names.read(in, 0, route.length())).isSameAs(route);
			assertThat(in.bytes).isEqualTo(2 * route.length());
		});
	}

	@Test
	void theKnownRoutesMayBeEmpty() {
		assertThat(read(new RouteNames(List.of()), "room.join")).isEqualTo("room.join");
	}

	@Test
	void theKnownRoutesMayContainDuplicates() {
		RouteNames names = new RouteNames(List.of("a", "a", "a", "a", "a"));
		assertThat(read(names, "a")).isEqualTo("a");
		assertThat(read(names, "b")).isEqualTo("b");
	}

	@Test
	void bytesThatAreNotUtf8BecomeReplacementCharacters() {
		ByteBuf in = Unpooled.wrappedBuffer(new byte[] { 'a', (byte) 0xFF, 'b' });
		assertThat(new RouteNames(List.of("a.b")).read(in, 0, 3)).isEqualTo("a\uFFFDb");
	}

	private static String read(RouteNames names, String route) {
		byte[] utf8 = route.getBytes(StandardCharsets.UTF_8);
		ByteBuf in = Unpooled.buffer().writeByte('x').writeBytes(utf8).writeByte('x');
		String read = names.read(in, 1, utf8.length);
		assertThat(in.readerIndex()).isZero();
		return read;
	}

	/** Once for the hash, and once for the comparison with one route. */
	private static final class CountedReads extends UnpooledHeapByteBuf {

		private int bytes;

		CountedReads(byte[] content) {
			super(UnpooledByteBufAllocator.DEFAULT, content, content.length);
		}

		@Override
		public byte getByte(int index) {
			this.bytes++;
			return super.getByte(index);
		}

		@Override
		public long getLong(int index) {
			this.bytes += Long.BYTES;
			return super.getLong(index);
		}

	}

}
