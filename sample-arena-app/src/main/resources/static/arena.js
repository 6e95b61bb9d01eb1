// The behaviour of the page: log in, the lobby, and a room. field.js draws, controls.js steers. User input is shown as
// text, never as HTML.

import { NanoClient } from '/nano/client.js';
import { steer } from './controls.js';
import { Field, hueOf } from './field.js';

const KIND = 'arena';
const BOTS = 3;
const LOBBY_INTERVAL = 2_000;
const MAX_MESSAGES = 100;

const page = (id) => document.getElementById(id);
const field = new Field(page('field'));

/** What outlives a reload of this page: `name` and `admin` of the login, and `room`, as in `join`. */
const memory = JSON.parse(sessionStorage.getItem(KIND)) ?? {};

/** Where this page is; exported for tests. */
export const game = { room: undefined };

const user = {};
const client = new NanoClient(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/nano`, {
	user,
	maxReconnectDelay: 5_000
});

// The connection

client.onState(({ state, resumed, error }) => {
	switch (state) {
		case 'connecting':
			return showState('connecting', 'Connecting…');
		case 'open':
			showState('connected', `Connected as ${memory.name}`);
			return resumed || arrive();
		case 'resuming': // the seat stays, and the room goes on
		case 'waiting':
			return showState('reconnecting', navigator.onLine ? 'Reconnecting…' : 'No network, trying again…');
		case 'closed':
			showState('closed', 'Not connected');
			showProblem(error.msg || error.code);
			return show('entrance');
	}
});

function logIn({ name, admin }) {
	remember({ name, admin });
	user.token = `${admin ? 'admin' : 'player'}:${name}`;
	client.connect().catch(() => {}); // the state shows the failure
}

/** A new session has no seat: after a reload, or when the former one is lost. */
function arrive() {
	const watched = new URLSearchParams(location.hash.slice(1)).get('watch');
	const wish = memory.room ?? (watched && { id: watched, watching: true });
	return wish ? join(wish) : show('lobby');
}

// Rooms

/**
 * @param wish `id` of a room, and `watching` for spectators; or no id for any room, and `bots` for a new one with bots
 */
async function join(wish) {
	showProblem('');
	try {
		enter(await seat(wish), wish.watching);
	} catch (error) {
		if (!['not-sent', 'outcome-unknown'].includes(error.code)) { // else the session is lost, and the next one joins
			toLobby(error.msg);
		}
	}
}

function seat({ id, watching, bots }) {
	if (watching) {
		return client.rooms.spectate(id);
	}
	const joinAny = () => client.rooms.joinOrCreate(KIND); // the one of this player, if another window has left one
	if (id) {
		return client.rooms.join(id).catch(joinAny); // perhaps it is full or closed
	}
	return bots ? client.rooms.create(KIND, { bots }).catch(joinAny) : joinAny();
}

function enter(room, watching = false) {
	game.room = room;
	remember({ room: { id: room.id, watching } });
	page('messages').replaceChildren();
	page('hint').textContent = watching ? 'You are watching' : 'Arrow keys, or drag on the field';
	page('watch-link').href = `#watch=${room.id}`;
	show('game');
	room.onState((state) => {
		field.show(state, memory.name);
		showFighters(state.fighters);
	});
	room.onLeave(({ message, error }) => {
		game.room = undefined;
		if (!error) { // else the session is lost, and the next one joins again
			toLobby(message);
		}
	});
	field.show(room.state, memory.name);
	showFighters(room.state.fighters);
}

function toLobby(problem) {
	remember({ room: undefined });
	history.replaceState(null, '', location.pathname);
	showProblem(problem);
	show('lobby');
}

steer(page('field'), (direction) => {
	if (game.room && !memory.room.watching) {
		game.room.notify('move', direction);
	}
});

client.on('chat', ({ player, text }) => {
	const item = element('li');
	item.append(coloured(element('b', player), player), ` ${text}`);
	page('messages').append(item);
	if (page('messages').children.length > MAX_MESSAGES) {
		page('messages').firstElementChild.remove();
	}
	item.scrollIntoView({ block: 'nearest' });
});

// The lobby

setInterval(refreshLobby, LOBBY_INTERVAL);

async function refreshLobby() {
	if (page('lobby').hidden || client.state !== 'open') {
		return;
	}
	try {
		const [{ rooms }, best] = await Promise.all([client.rooms.list(KIND), client.request('score.top')]);
		page('no-rooms').hidden = rooms.length > 0;
		page('rooms').replaceChildren(...rooms.map(roomItem));
		page('best').replaceChildren(...best.map(({ player, points }) => element('li', `${player}: ${points}`)));
	} catch {
		// The next refresh may succeed.
	}
}

function roomItem({ room, players, seats, spectators, locked }) {
	const item = element('li');
	const count = `${players} of ${seats} players${spectators ? `, ${spectators} watching` : ''}`;
	item.append(element('code', room.slice(0, 6)), element('span', count),
		button('Join', () => join({ id: room }), locked || players >= seats),
		button('Watch', () => join({ id: room, watching: true })));
	if (memory.admin) {
		item.append(button('Close', () => closeRoom(room)));
	}
	return item;
}

function closeRoom(room) {
	client.request('admin.close', { room }).then(refreshLobby, (error) => showProblem(error.msg));
}

// The elements of the page

page('entrance').addEventListener('submit', (event) => {
	event.preventDefault();
	page('name').value = page('name').value.trim();
	if (page('entrance').reportValidity()) {
		logIn({ name: page('name').value, admin: page('admin').checked });
	}
});
page('play').addEventListener('click', () => join({}));
page('play-bots').addEventListener('click', () => join({ bots: BOTS }));
page('leave').addEventListener('click', () => game.room?.leave().catch((error) => showProblem(error.msg)));
page('close-room').addEventListener('click', () => closeRoom(game.room.id));
page('composer').addEventListener('submit', (event) => {
	event.preventDefault();
	const text = page('message').value.trim();
	if (text && game.room) {
		game.room.notify('chat', { text });
		page('message').value = '';
	}
	page('field').focus(); // the arrow keys steer again
});

/** @param part the id of the only part to show */
function show(part) {
	for (const id of ['entrance', 'lobby', 'game']) {
		page(id).hidden = id !== part;
	}
	page('leave').hidden = part !== 'game';
	page('close-room').hidden = part !== 'game' || !memory.admin;
	page(part === 'game' ? 'field' : part === 'lobby' ? 'play' : 'name').focus();
	refreshLobby();
}

function showState(state, text) {
	page('state').dataset.state = state;
	page('state').textContent = text;
	page('game').classList.toggle('paused', state !== 'connected');
}

function showProblem(text) {
	page('problem').textContent = text;
	page('problem').hidden = !text;
}

function showFighters(fighters) {
	const ranked = Object.entries(fighters).sort(([, one], [, other]) => other.score - one.score);
	const items = ranked.map(([name, { score, away }]) => {
		const item = coloured(element('li', name, away ? 'away' : ''), name);
		item.append(element('b', ` ${score}`));
		return item;
	});
	const list = page('fighters');
	if (items.length !== list.children.length || items.some((item, i) => !item.isEqualNode(list.children[i]))) {
		list.replaceChildren(...items); // not for each step of a fighter
	}
}

function remember(change) {
	Object.assign(memory, change);
	sessionStorage.setItem(KIND, JSON.stringify(memory));
}

function button(text, action, disabled = false) {
	const made = element('button', text, 'quiet');
	made.type = 'button';
	made.disabled = disabled;
	made.addEventListener('click', action);
	return made;
}

function element(tag, text = '', className = '') {
	const made = document.createElement(tag);
	made.textContent = text;
	made.className = className;
	return made;
}

function coloured(made, name) {
	made.style.setProperty('--hue', hueOf(name));
	return made;
}

if (memory.name) {
	logIn(memory);
}
