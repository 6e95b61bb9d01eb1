/* A proxy to a port of this machine that cuts each connection after a random time, usually inside a packet. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class CuttingProxy {
	cuts = 0;
	/** While true, no connection is cut. */
	calm = false;
	#maxMillis;
	#server;
	#sockets = new Set();

	/** @param maxMillis the longest life of a connection */
	static async start(serverPort, maxMillis) {
		const proxy = new CuttingProxy();
		proxy.#maxMillis = maxMillis;
		proxy.#server = createServer((client) => proxy.#forward(client, connect(serverPort, '127.0.0.1')));
		await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
		return proxy;
	}

	get port() {
		return this.#server.address().port;
	}

	close() {
		this.#server.close();
		this.#sockets.forEach((socket) => socket.destroy());
	}

	#forward(client, server) {
		const end = performance.now() + Math.random() * this.#maxMillis;
		const cut = () => {
			this.cuts++;
			client.resetAndDestroy();
			server.resetAndDestroy();
		};
		for (const [from, to] of [[client, server], [server, client]]) {
			this.#sockets.add(from);
			from.on('data', (bytes) => {
				if (this.calm || performance.now() < end) {
					to.write(bytes);
				} else {
					to.write(bytes.subarray(0, Math.random() * bytes.length), cut);
				}
			});
			from.on('error', () => {});
			from.on('close', () => {
				this.#sockets.delete(from);
				to.destroy();
			});
		}
	}
}
