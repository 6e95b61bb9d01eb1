// The direction in which a player steers: by the arrow keys, or by dragging a finger or a mouse over the field.

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** The distance in pixels that is a drag. */
const DRAG = 12;
/** The part of a drag that an axis must have, so that there are eight directions. */
const AXIS = 0.38;

/** Calls `turn({ dx, dy })` with -1, 0 or 1 for each axis, whenever the direction changes. */
export function steer(field, turn) {
	const pressed = new Set();
	let start;
	let last = { dx: 0, dy: 0 };

	function change(dx, dy) {
		if (dx !== last.dx || dy !== last.dy) {
			last = { dx, dy };
			turn(last);
		}
	}

	function changeByKeys() {
		const moves = [...pressed].map((key) => KEYS[key]);
		change(Math.sign(moves.reduce((sum, [dx]) => sum + dx, 0)), Math.sign(moves.reduce((sum, [, dy]) => sum + dy, 0)));
	}

	addEventListener('keydown', (event) => {
		if (KEYS[event.key] && event.target.tagName !== 'INPUT') {
			event.preventDefault(); // no scrolling
			pressed.add(event.key);
			changeByKeys();
		}
	});
	addEventListener('keyup', (event) => {
		if (pressed.delete(event.key)) {
			changeByKeys();
		}
	});
	addEventListener('blur', () => {
		pressed.clear();
		change(0, 0);
	});

	field.addEventListener('pointerdown', (event) => {
		field.setPointerCapture(event.pointerId);
		start = event;
	});
	field.addEventListener('pointermove', (event) => {
		if (start) {
			const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
			const length = Math.hypot(x, y);
			const axis = (distance) => (length > DRAG && Math.abs(distance) > length * AXIS ? Math.sign(distance) : 0);
			change(axis(x), axis(y));
		}
	});
	for (const end of ['pointerup', 'pointercancel']) {
		field.addEventListener(end, () => {
			start = undefined;
			change(0, 0);
		});
	}
}
