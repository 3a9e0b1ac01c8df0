/** Small things to build and change the document with; what did not change is not touched. */

export const byId = id => document.getElementById(id);

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setClass(node, className) {
  if (node.className !== className) node.className = className;
}

export function button(className, text, onPress) {
  const node = element('button', className, text);
  node.type = 'button';
  node.addEventListener('click', onPress);
  return node;
}

/** A row with a cell for each 'name:classes'. */
export function row(columns) {
  const cells = { node: element('tr') };
  for (const column of columns) {
    const [name, className = ''] = column.split(':');
    cells[name] = cells.node.appendChild(element('td', className));
  }
  return cells;
}

/** Runs at most once a frame, however often it is asked for. */
export function perFrame(work) {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    requestAnimationFrame(() => { isPlanned = false; work(); });
  };
}

/** Rows of a table by key, kept in order of key. */
export class Rows {
  #byKey = new Map();
  #body;
  #make;

  constructor(body, make) {
    this.#body = body;
    this.#make = make;
  }

  get size() { return this.#byKey.size; }

  has(key) { return this.#byKey.has(key); }

  values() { return [...this.#byKey.values()]; }

  get(key) {
    let found = this.#byKey.get(key);
    if (!found) {
      found = this.#make(key);
      this.#byKey.set(key, found);
      const keys = [...this.#byKey.keys()].sort();
      const next = keys[keys.indexOf(key) + 1];
      this.#body.insertBefore(found.node, next === undefined ? null : this.#byKey.get(next).node);
    }
    return found;
  }

  remove(key) {
    this.#byKey.get(key)?.node.remove();
    this.#byKey.delete(key);
  }
}

/** A short flash that says which way a number went. */
export function flash(node, isUp) {
  node.classList.remove('flash-up', 'flash-down');
  void node.offsetWidth;
  node.classList.add(isUp ? 'flash-up' : 'flash-down');
}

/** Asks before something that cannot be undone; resolves with the answer's code, or nothing. Escape and the first button refuse. */
export function ask({ title, text, cancel, answers }) {
  const dialog = element('dialog', 'ask');
  const heading = element('h2', '', title);
  heading.id = 'ask-title';
  dialog.setAttribute('aria-labelledby', heading.id);
  const buttons = element('div', 'actions');
  dialog.append(heading, element('p', '', text), buttons);
  document.body.append(dialog);
  return new Promise(resolve => {
    let given;
    const refuse = button('', cancel, () => dialog.close());
    refuse.dataset.answer = 'no';
    buttons.append(refuse);
    for (const [code, label, className] of answers) {
      const answer = button(className, label, () => { given = code; dialog.close(); });
      answer.dataset.answer = code;
      buttons.append(answer);
    }
    dialog.addEventListener('close', () => { dialog.remove(); resolve(given); });
    dialog.showModal();
    refuse.focus();
  });
}

/** A note at the edge of the page that goes by itself; errors stay longer and are read out at once. */
export function toast(text, isError = false) {
  const node = element('p', isError ? 'toast bad' : 'toast', text);
  node.setAttribute('role', isError ? 'alert' : 'status');
  byId('toasts').append(node);
  setTimeout(() => node.remove(), isError ? 8_000 : 3_000);
}
