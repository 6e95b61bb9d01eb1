'use strict';

const HEADER_LENGTH = 4;

/** Splits the bytes of a TCP connection into packets with their headers, independent of the reads. */
class PacketCutter {
	#rest = Buffer.alloc(0);

	*cut(chunk) {
		this.#rest = Buffer.concat([this.#rest, chunk]);
		while (this.#rest.length >= HEADER_LENGTH) {
			const end = HEADER_LENGTH + this.#rest.readUIntBE(1, 3);
			if (this.#rest.length < end) {
				return;
			}
			const packet = this.#rest.subarray(0, end);
			this.#rest = this.#rest.subarray(end);
			yield packet;
		}
	}
}

module.exports = PacketCutter;
