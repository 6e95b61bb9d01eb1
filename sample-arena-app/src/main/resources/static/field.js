// Draws the state of a room. The server sends it 20 times a second; between two of them the fighters glide.

const SIZE = 100;
/** What is visible around the field, so that fighters at its border are. */
const MARGIN = 4;
const GLIDE_MILLIS = 60;

export class Field {
	#canvas;
	#pen;
	#state;
	#self;
	/** Where each fighter is drawn, by name. */
	#drawn = new Map();
	#before = performance.now();

	constructor(canvas) {
		this.#canvas = canvas;
		this.#pen = canvas.getContext('2d');
		requestAnimationFrame(this.#frame);
	}

	/**
	 * @param state the state of the room; `undefined` for an empty field
	 * @param self the name of the fighter to highlight
	 */
	show(state, self) {
		this.#state = state;
		this.#self = self;
	}

	#frame = (now) => {
		const side = Math.round(this.#canvas.clientWidth * devicePixelRatio);
		if (side > 0) {
			if (this.#canvas.width !== side) {
				this.#canvas.width = this.#canvas.height = side;
			}
			this.#glide(1 - Math.exp((this.#before - now) / GLIDE_MILLIS));
			this.#draw(side / (SIZE + 2 * MARGIN));
		}
		this.#before = now;
		requestAnimationFrame(this.#frame);
	};

	#glide(part) {
		const fighters = this.#state?.fighters ?? {};
		for (const name of this.#drawn.keys()) {
			if (!fighters[name]) {
				this.#drawn.delete(name);
			}
		}
		for (const [name, { x, y }] of Object.entries(fighters)) {
			const at = this.#drawn.get(name) ?? { x, y };
			this.#drawn.set(name, { x: at.x + (x - at.x) * part, y: at.y + (y - at.y) * part });
		}
	}

	#draw(scale) {
		const pen = this.#pen;
		const style = getComputedStyle(this.#canvas);
		pen.setTransform(scale, 0, 0, scale, MARGIN * scale, MARGIN * scale);
		pen.clearRect(-MARGIN, -MARGIN, SIZE + 2 * MARGIN, SIZE + 2 * MARGIN);
		pen.strokeStyle = style.getPropertyValue('--line');
		pen.lineWidth = 0.2;
		for (let line = 0; line <= SIZE; line += 10) {
			this.#line(line, 0, line, SIZE);
			this.#line(0, line, SIZE, line);
		}
		if (this.#state) {
			this.#disc(this.#state.coin, 2, '#d99a1c');
			this.#disc(this.#state.coin, 1.2, '#f3c969');
			Object.entries(this.#state.fighters).forEach((fighter) => this.#drawFighter(fighter, style));
		}
	}

	#drawFighter([name, fighter], style) {
		const pen = this.#pen;
		const at = this.#drawn.get(name);
		pen.globalAlpha = fighter.away ? 0.35 : 1;
		if (name === this.#self) {
			this.#disc(at, 3.4, style.color);
		}
		this.#disc(at, 2.8, `hsl(${hueOf(name)} 60% 50%)`);
		pen.fillStyle = style.color;
		pen.font = '3px system-ui, sans-serif';
		pen.textAlign = 'center';
		pen.fillText(name, at.x, at.y < 4 ? at.y + 6.5 : at.y - 4.5);
		pen.globalAlpha = 1;
	}

	#disc({ x, y }, radius, colour) {
		this.#pen.fillStyle = colour;
		this.#pen.beginPath();
		this.#pen.arc(x, y, radius, 0, 2 * Math.PI);
		this.#pen.fill();
	}

	#line(x1, y1, x2, y2) {
		this.#pen.beginPath();
		this.#pen.moveTo(x1, y1);
		this.#pen.lineTo(x2, y2);
		this.#pen.stroke();
	}
}

/** One colour per name, the same in every page. */
export function hueOf(name) {
	let hash = 0;
	for (const letter of name) {
		hash = (hash * 31 + letter.codePointAt(0)) % 1009;
	}
	return (hash * 137) % 360; // similar names have different colours
}
