// The snippets of docs/javascript-client.md, run against the components of the other guides. NANO_PORT is the port.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const ROOT = '../../../../../../..';
const { NanoClient, NanoError } = await import(`${ROOT}/nano-client-js/src/main/resources/META-INF/resources/nano/client.js`);
// Node.js before 22 has no built-in WebSocket.
globalThis.WebSocket = createRequire(new URL('../../../../wild-clients/package.json', import.meta.url))('ws');

const url = `ws://127.0.0.1:${process.env.NANO_PORT}/nano`;
const shown = [];
const show = (...text) => shown.push(text.join(' '));

// tag::connect[]
const client = new NanoClient(url, { user: { token: 'token-of-Ann' } });

client.on('onWelcome', (text) => show(text)); // before connect(), so that no push is missed

const user = await client.connect();
show('I am', user.name);
// end::connect[]

// tag::request[]
const { text } = await client.request('greeting.greet', { name: 'Ann' });
show(text);

client.notify('mail.send', { to: 'Ann', text: 'a note to myself' }); // no response
// end::request[]

// tag::errors[]
try {
	await client.request('shop.buy', { item: 'apple', amount: 11 });
} catch (error) {
	show(error.code, error.msg); // 403 no more than ten
}
// end::errors[]
await assert.rejects(client.request('no.route'), (error) => error instanceof NanoError && error.code === 404);

// tag::abort[]
const controller = new AbortController();
const response = client.request('greeting.greet', { name: 'Ann' }, { timeout: 2000, signal: controller.signal });

controller.abort(); // the player has closed the window for the result
await response.catch((error) => show(error.name)); // AbortError
// end::abort[]

// tag::listeners[]
const stop = client.on('onMail', (mail) => show(mail.text));
stop(); // removes the listener
// end::listeners[]

// tag::loop[]
const shouts = client.pushes('onShout'); // buffers from here on, so that none is missed

await client.request('team.join', { name: 'blue' });
client.notify('team.shout', 'hello, team');

for await (const text of shouts) {
	show(text);
	break; // ends the loop, as close() does
}
// end::loop[]

// tag::rooms[]
const room = await client.rooms.joinOrCreate('race', { name: 'Ann' }); // the options are the game's
show(room.answer); // the game's answer to the join

room.listen('/cars/*', (car, previous, name) => {
	show(car ? `${name} is at ${car.x}` : `${name} has gone`);
});
room.onState((state, version) => show(`version ${version}: ${Object.keys(state.cars)}`));
room.onLeave(({ reason, message }) => show(`no seat any more: ${reason} ${message}`));

room.notify('drive', { x: 3 }); // to the handler race.drive
const rank = await room.request('rank');
show(`number ${rank} of ${Object.keys(room.state.cars).length}, at ${room.state.cars.Ann.x}`);

await room.leave();
// end::rooms[]

// tag::state[]
client.onState(({ state, resumed, delay, error }) => {
	switch (state) {
		case 'open': // without resumed the session is new: log in and join
			return resumed || client.notify('team.join', { name: 'red' });
		case 'resuming':
			return show('reconnecting');
		case 'waiting':
			return show(`lost (${error.code}), next attempt in ${delay} ms`);
		case 'closed':
			return show(`closed: ${error.code}`);
	}
});

client.onKick(({ reason }) => show(`kicked: ${reason}`));
// end::state[]

// tag::lost[]
client.onLost(({ error, unknown, unsent }) => {
	show(`session lost: ${error.msg}`);
	unknown.forEach(({ route }) => show(`perhaps received: ${route}`));
	unsent.forEach(({ route, body }) => show(`not sent: ${route} ${JSON.stringify(body)}`));
});
// end::lost[]

async function queue() {
	// tag::queue[]
	const client = new NanoClient(url, { offlineQueue: 100 });
	client.connect();
	const { text } = await client.request('greeting.greet', { name: 'Bob' }); // waits for the connection
	// end::queue[]
	show(text);
	client.close();
}

await queue();
client.close();
for (const text of ['AbortError', 'hello, team', 'Welcome, Ann', 'Ann is at 0', 'Ann is at 3', 'number 1 of 1, at 3',
	'no seat any more: left ', 'Hello Bob', 'I am Ann', 'Hello Ann', '403 no more than ten', 'closed: closed']) {
	assert.ok(shown.includes(text), `${text} in ${shown}`);
}
