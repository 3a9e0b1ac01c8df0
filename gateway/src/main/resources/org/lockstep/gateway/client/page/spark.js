/** Lines in SVG: small ones beside numbers, and curves of results with their zero line. */
const NS = 'http://www.w3.org/2000/svg';
const WIDTH = 100;
const HEIGHT = 24;

function node(tag, attributes) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export class Spark {
  #line = node('polyline', { fill: 'none' });
  #area = node('polygon', { class: 'area' });
  #zero = node('line', { class: 'zero', x1: 0, x2: WIDTH });
  #points = [];
  #hasPast = false;
  #capacity;
  #isResult;

  /** isResult: coloured by the sign of the last value, with an area from zero. */
  constructor({ capacity = 60, isResult = false } = {}) {
    this.#capacity = capacity;
    this.#isResult = isResult;
    this.svg = node('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', class: 'spark' });
    if (isResult) this.svg.append(this.#area, this.#zero);
    this.svg.append(this.#line);
  }

  get points() { return this.#points; }

  push(value) {
    if (this.#hasPast) {
      this.#points[this.#points.length - 1] = value;
    } else {
      this.#points.push(value);
      if (this.#points.length > this.#capacity) this.#points.shift();
    }
    this.draw(this.#points);
  }

  prepend(values) {
    this.#points = [...values, ...this.#points].slice(-this.#capacity);
    this.draw(this.#points);
  }

  /** Values of the past, of which the last is the present one and moves with what comes. */
  past(values) {
    if (values.length === 0) return;
    this.#points = [...values];
    this.#hasPast = true;
    this.draw(this.#points);
  }

  draw(points) {
    if (points.length < 2) return;
    const low = Math.min(...points, ...(this.#isResult ? [0] : []));
    const range = (Math.max(...points, ...(this.#isResult ? [0] : [])) - low) || 1;
    const y = value => (HEIGHT - 2 - (value - low) / range * (HEIGHT - 4)).toFixed(2);
    const path = points.map((value, i) => `${(i / (points.length - 1) * WIDTH).toFixed(2)},${y(value)}`).join(' ');
    this.#line.setAttribute('points', path);
    if (this.#isResult) {
      this.#area.setAttribute('points', `0,${y(0)} ${path} ${WIDTH},${y(0)}`);
      this.#zero.setAttribute('y1', y(0));
      this.#zero.setAttribute('y2', y(0));
    }
    const last = points[points.length - 1];
    const isUp = this.#isResult ? last >= 0 : last >= points[0];
    this.svg.setAttribute('class', 'spark ' + (isUp ? 'up' : 'down'));
  }
}
