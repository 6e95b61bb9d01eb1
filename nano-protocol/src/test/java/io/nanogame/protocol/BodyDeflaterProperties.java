package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocalThread;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class BodyDeflaterProperties {

	private final BodyDeflater deflater = new BodyDeflater(0);

	private final BodyInflater inflater = new BodyInflater(1 << 20);

	@Property(seed = "1")
	void aCompressedBodyIsSmallerAndInflatesToTheBody(@ForAll @Size(max = 600) byte[] seed, @ForAll boolean onLoop) {
		byte[] body = new String(seed, StandardCharsets.ISO_8859_1).repeat(3).getBytes(StandardCharsets.ISO_8859_1);
		byte[] packed = onLoop ? onLoop(body) : this.deflater.deflate(body);
		if (packed != null) {
			assertThat(packed).hasSizeLessThan(body.length);
			assertThat(this.inflater.inflate(packed)).isEqualTo(body);
		}
	}

	@Example
	void randomBytesAreNotCompressed() {
		byte[] body = new byte[4096];
		new Random(1).nextBytes(body);
		assertThat(this.deflater.deflate(body)).isNull();
		assertThat(onLoop(body)).isNull();
		assertThat(this.deflater.deflate(new byte[0])).isNull();
	}

	@Example
	void onlyBodiesFromTheThresholdOnAreCompressed() {
		BodyDeflater fromHundred = new BodyDeflater(100);
		assertThat(fromHundred.deflate(new byte[99])).isNull();
		assertThat(fromHundred.deflate(new byte[100])).isNotNull();
	}

	@Example
	void theDeflaterOfALoopIsUsedAgainAfterABodyThatDidNotFit() {
		byte[] noise = new byte[4096];
		new Random(2).nextBytes(noise);
		byte[] body = new byte[4096];
		CompletableFuture<byte[]> packed = new CompletableFuture<>();
		new FastThreadLocalThread(() -> {
			this.deflater.deflate(noise);
			packed.complete(this.deflater.deflate(body));
		}).start();
		assertThat(this.inflater.inflate(packed.join())).isEqualTo(body);
	}

	@Example
	void anEncoderOfCompressedBodiesMarksThem() {
		byte[] body = "x".repeat(500).getBytes(StandardCharsets.UTF_8);
		ByteBuf out = Unpooled.buffer();
		new MessageEncoder(RouteDictionary.EMPTY).ofCompressedBodies()
			.encode(out, MessageType.RESPONSE, 300, "", this.deflater.deflate(body), true, false);
		MessageDecoder decoder = new MessageDecoder(RouteDictionary.EMPTY, new RouteNames(List.of()), 500);
		Message message = decoder.decode(out, out.readableBytes());
		assertThat(message.body()).isEqualTo(body);
		assertThat(message.id()).isEqualTo(300);
		assertThat(message.error()).isTrue();
	}

	private byte[] onLoop(byte[] body) {
		CompletableFuture<byte[]> packed = new CompletableFuture<>();
		new FastThreadLocalThread(() -> packed.complete(this.deflater.deflate(body))).start();
		return packed.join();
	}

}
