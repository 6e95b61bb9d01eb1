// Tests of the npm package: its files, its import by name, and its types.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MODULE = fileURLToPath(new URL('../../..', import.meta.url));
const NANO = 'src/main/resources/META-INF/resources/nano/';

/** A folder with the unpacked package in its node_modules. */
async function install(t) {
	const folder = await mkdtemp(join(tmpdir(), 'nano-client-js-'));
	t.after(() => rm(folder, { recursive: true }));
	const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: MODULE });
	const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
	const target = join(folder, 'node_modules/nano-client-js');
	await mkdir(target, { recursive: true });
	await run('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components=1']);
	return { folder, files: files.map(({ path }) => path).sort() };
}

test('the package holds the modules, the types, the license, and no tests', async (t) => {
	const { folder, files } = await install(t);
	const modules = ['client.d.ts', 'client.js', 'connection.js', 'dictionary.js', 'handshake.js', 'json-tree.js', 'listeners.js',
		'path-listeners.js', 'push-stream.js', 'requests.js', 'retry-delays.js', 'room.js', 'rooms.d.ts', 'rooms.js',
		'serializers.js', 'session.js', 'state-copy.js', 'text.js', 'wire.js'];
	assert.deepEqual(files, ['LICENSE', 'README.md', 'package.json', ...modules.map((name) => NANO + name)]);
	const { dependencies, private: hidden, license } = JSON.parse(await readFile(
		join(folder, 'node_modules/nano-client-js/package.json')));
	assert.deepEqual([dependencies, hidden, license], [undefined, undefined, 'Apache-2.0']);
});

test('the package is imported by its name', async (t) => {
	const { folder } = await install(t);
	const program = `
		import * as nano from 'nano-client-js';
		console.log(Object.keys(nano).join());
		import('nano-client-js/${NANO}wire.js').catch(({ code }) => console.log(code));
	`;
	const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder });
	assert.equal(stdout, 'NanoClient,NanoError,json,protobuf,raw\nERR_PACKAGE_PATH_NOT_EXPORTED\n');
});

const USE = `
	import { NanoClient, NanoError, protobuf, raw, json } from 'nano-client-js';
	import type { ClientState, Kick, Leave, Loss, Room, RoomInfo, Serializer, StateChange } from 'nano-client-js';
	import protobufjs from 'protobufjs';

	interface Chat { name: string; text: string }

	const type = protobufjs.parse('').root.lookupType('Chat');
	const serializers: Serializer[] = [json, raw, protobuf({ 'room.chat': { sends: type }, onChat: { receives: type } })];
	const client = new NanoClient(new URL('wss://game.example/nano'), {
		user: { token: 'x' }, sys: { version: '2' }, serializer: serializers[0], requestTimeout: Infinity,
		connectTimeout: 1, reconnect: true, reconnectAfterKick: false, reconnectDelay: 1, maxReconnectDelay: 2,
		resume: true, resumeBuffer: 1024, offlineQueue: 3, storage: window.sessionStorage, WebSocket
	});
	const state: ClientState = client.state;
	client.onState((change: StateChange) => {
		if (change.state === 'waiting') {
			const text: string = change.delay.toFixed() + change.error.code;
		}
	});
	client.onState((change) => change.state === 'open' && !change.resumed && client.notify('room.join'));
	client.onLost(({ error, unknown, unsent }: Loss) => {
		const [route, code]: [string, unknown] = [unknown[0].route, error.body?.code];
		unsent.forEach(({ route, body }) => client.notify(route, body));
	});
	client.onKick(({ reason, reconnect }: Kick) => reason.length > 0 && reconnect);
	const off: () => void = client.on<Chat>('onChat', ({ text }) => text.length);
	export async function all(signal: AbortSignal): Promise<number> {
		await client.connect();
		client.notify('room.chat', { text: 'x' });
		try {
			await client.request('room.leave');
		} catch (error) {
			return error instanceof NanoError && error.code === 404 ? error.msg.length : error.body;
		}
		for await (const { text } of client.pushes<Chat>('onChat', { capacity: 1, overflow: 'drop-oldest', signal })) {
			return text.length;
		}
		const { members } = await client.request<{ members: string[] }>('room.join', {}, { timeout: 1, signal });
		client.close();
		return members.length;
	}

	interface Fighter { health: number }
	interface Arena { fighters: Record<string, Fighter> }

	export async function fight(signal: AbortSignal): Promise<string> {
		const { rooms, total } = await client.rooms.list('arena', { offset: 0, limit: 10, signal });
		const [first]: RoomInfo[] = rooms;
		const room: Room<Arena, string> = total > 0 ? await client.rooms.join(first.room, { name: 'Ann' }, { timeout: 1 })
			: await client.rooms.joinOrCreate<Arena, string>('arena');
		room.listen<Fighter>('/fighters/*', (fighter, previous, name) => fighter?.health ?? previous?.health ?? name.length);
		const off: () => void = room.onState(({ fighters }, version) => fighters.ann.health + version);
		room.onLeave(({ reason, message, error }: Leave) => reason + message + error?.code);
		room.notify('move', { x: 1 });
		const { hit } = await room.request<{ hit: boolean }>('shoot');
		await room.leave();
		return room.state.fighters.ann.health + room.answer;
	}
`;

const MISUSE = {
	'an unknown state': 'const open = client.state === "opened";',
	'an unknown option': 'new NanoClient("ws://x", { heartbeat: 3 });',
	'a delay without waiting': 'client.onState((change) => change.delay);',
	'a resume of another state': 'client.onState((change) => change.state === "waiting" && change.resumed);',
	'an unknown overflow': 'client.pushes("onChat", { overflow: "wait" });',
	'a member of a state of another type': 'client.rooms.enter<{ x: number }>("arena").then(({ state }) => state.y);',
	'a part that is not checked': 'client.rooms.enter("a").then((room) => room.listen<{ x: 1 }>("/x", (part) => part.x));',
	'an assignment to the state': 'client.state = "open";'
};

test('the types accept correct use and reject misuse', async (t) => {
	const { folder } = await install(t);
	for (const dependency of ['protobufjs', 'long']) {
		await symlink(join(MODULE, 'node_modules', dependency), join(folder, 'node_modules', dependency));
	}
	await writeFile(join(folder, 'use.mts'), USE);
	const misuses = Object.values(MISUSE).map((line) => `// @ts-expect-error\n${line}`).join('\n');
	await writeFile(join(folder, 'misuse.mts'),
		`import { NanoClient } from 'nano-client-js';\ndeclare const client: NanoClient;\n${misuses}\n`);
	const options = ['--noEmit', '--strict', '--useUnknownInCatchVariables', 'false', '--module', 'nodenext', '--target',
		'es2022', '--lib', 'es2022,dom', '--skipLibCheck', 'use.mts', 'misuse.mts'];
	const tsc = join(MODULE, 'node_modules/typescript/bin/tsc');
	const { stdout } = await run(process.execPath, [tsc, ...options], { cwd: folder }).catch((error) => error);
	assert.equal(stdout, '');
});
