// The behaviour of the chat page; index.html has its elements, chat.css its style. User input is shown as text, never as
// HTML.

import { NanoClient } from '/nano/client.js';

const STORAGE_KEY = 'nano.chat.membership';
const MAX_MESSAGES = 500;

const page = (id) => document.getElementById(id);

/** A number of milliseconds from the URL of this page, such as `?maxReconnectDelay=500`. */
const parameter = (name, fallback) => Number(new URLSearchParams(location.search).get(name) ?? fallback);

const client = new NanoClient(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/nano`, {
	reconnectDelay: parameter('reconnectDelay', 1_000),
	maxReconnectDelay: parameter('maxReconnectDelay', 10_000),
	requestTimeout: parameter('requestTimeout', 10_000),
	offlineQueue: 50 // what is written while the connection is lost goes to the next session if this one is lost, too
});

/** `{name, room}` while this page is in a room or joins one. */
let membership;
let returning = false;
/** Whether the session is in the room: `pending`, `joined`, or `failed` if there was no connection to join again. */
let joining;
let members = [];
let countdown;

client.onState((change) => {
	page('join').disabled = change.state === 'connecting' || isUsable();
	switch (change.state) {
		case 'connecting':
			return showState('connecting', returning ? 'Connection lost, connecting…' : 'Connecting…');
		case 'open':
			return change.resumed ? resumed() : join();
		case 'resuming':
			return showWaiting('Reconnecting', change.delay);
		case 'waiting':
			page('send').disabled = true;
			return showWaiting('Connection lost, trying again', change.delay);
		case 'closed':
			return showClosed(change.error);
	}
});

client.on('onMembers', ({ members: others }) => {
	showMembers(others.includes(membership.name) ? others : [...others, membership.name]);
});

client.on('onNewUser', ({ name, content }) => {
	showMembers([...members, name]);
	addNote(content);
});

client.on('onUserLeft', ({ name, content }) => {
	const at = members.indexOf(name);
	showMembers(members.filter((_, i) => i !== at));
	addNote(content);
});

client.on('onMessage', ({ name, content }) => addMessage(name, content));

client.on('onTraffic', ({ received, sent }) => {
	page('traffic').textContent = `Messages of the server: ${received} in, ${sent} out`;
});

page('entrance').addEventListener('submit', (event) => {
	event.preventDefault();
	for (const field of [page('name'), page('room')]) {
		field.value = field.value.trim();
	}
	if (page('entrance').reportValidity()) {
		enter({ name: page('name').value, room: page('room').value });
	}
});

page('composer').addEventListener('submit', (event) => {
	event.preventDefault();
	const content = page('message').value.trim();
	if (content && isUsable()) {
		client.notify('room.message', { name: membership.name, content });
		page('message').value = '';
	}
});

// The server kicks the client; showClosed() handles that.
page('leave').addEventListener('click', () => client.request('room.leave').catch(() => {}));

restoreMembership();

function restoreMembership() {
	const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY));
	if (stored) {
		page('name').value = stored.name;
		page('room').value = stored.room;
		enter(stored);
	}
}

function enter(next) {
	membership = next;
	returning = false;
	sessionStorage.setItem(STORAGE_KEY, JSON.stringify(membership));
	page('problem').hidden = true;
	page('messages').replaceChildren();
	client.connect().catch(() => {}); // the state shows the failure
}

/** Messages that are sent during a resume arrive after it. */
function isUsable() {
	return client.state === 'open' || client.state === 'resuming';
}

async function join() {
	joining = 'pending';
	try {
		const response = await client.request('room.join', membership);
		if (response.code !== 0) {
			throw new Error(response.result);
		}
		showJoined();
	} catch (error) {
		if (error.code === 'outcome-unknown') {
			return; // the session is lost, and join() is called for the next one
		}
		joining = 'failed';
		if (client.state === 'open') {
			showProblem(error.message);
			client.close();
		}
	}
}

function resumed() {
	if (joining === 'joined') {
		return showState('connected', `Connected to ${membership.room}`);
	}
	showState('connecting', 'Connecting…');
	if (joining === 'failed') { // it has timed out; the server may have received it, and accepts it again
		join();
	}
}

function showJoined() {
	joining = 'joined';
	showState('connected', `Connected to ${membership.room}`);
	showChat(true);
	page('send').disabled = false;
	const { name, room } = membership;
	addNote(returning ? `Connected again: you are back in ${room}` : `You joined ${room} as ${name}`);
	if (!returning) {
		page('message').focus();
	}
	returning = true;
}

function showWaiting(text, delay) {
	showState('reconnecting', navigator.onLine ? text : 'No network, trying again');
	const end = performance.now() + delay;
	const tick = () => {
		const seconds = Math.ceil((end - performance.now()) / 1000);
		page('countdown').textContent = seconds > 0 ? ` in ${seconds} s` : '…';
	};
	tick();
	countdown = setInterval(tick, 250);
}

function showClosed(error) {
	sessionStorage.removeItem(STORAGE_KEY);
	if (error.code === 'kicked') {
		showState('kicked', error.msg ? `Kicked: ${error.msg}` : 'Kicked');
	} else {
		showState('closed', 'Not connected');
		if (error.code !== 'closed') {
			showProblem(error.msg);
		}
	}
	showChat(false);
	page('send').disabled = true;
	page('name').focus();
}

function showProblem(text) {
	page('problem').textContent = text;
	page('problem').hidden = false;
}

function showState(state, text) {
	clearInterval(countdown);
	page('countdown').textContent = '';
	page('state-words').textContent = text;
	page('state').dataset.state = state;
}

function showChat(shown) {
	page('chat').hidden = !shown;
	page('leave').hidden = !shown;
	page('entrance').hidden = shown;
}

function showMembers(names) {
	members = names;
	page('members').replaceChildren(...names.map((name) => coloured(element('li', name), name)));
}

function addMessage(name, content) {
	const item = element('li');
	item.className = name === membership.name ? 'message mine' : 'message';
	item.append(
		coloured(element('span', name, 'author'), name),
		element('time', new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })),
		element('span', content, 'text')
	);
	addItem(item);
}

function addNote(text) {
	const item = element('li', undefined, 'note');
	item.append(element('span', text, 'text'));
	addItem(item);
}

/** Follows the newest message, unless the reader has scrolled up. */
function addItem(item) {
	const list = page('messages');
	const following = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
	list.append(item);
	if (list.children.length > MAX_MESSAGES) {
		list.firstElementChild.remove();
	}
	if (following) {
		list.scrollTop = list.scrollHeight;
	}
}

function element(tag, text = '', className = '') {
	const made = document.createElement(tag);
	made.textContent = text;
	made.className = className;
	return made;
}

/** One colour per name, the same in every page. */
function coloured(made, name) {
	let hue = 0;
	for (const letter of name) {
		hue = (hue * 31 + letter.codePointAt(0)) % 360;
	}
	made.style.setProperty('--hue', hue);
	return made;
}
