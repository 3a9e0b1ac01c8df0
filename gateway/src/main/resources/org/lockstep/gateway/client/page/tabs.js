/** Tabs as the ARIA practices describe them: one is focusable, arrows, Home and End move. */
export class Tabs {
  #tabs;
  #onSelect;

  constructor(list, onSelect = () => {}) {
    this.#tabs = [...list.querySelectorAll('[role=tab]')];
    this.#onSelect = onSelect;
    for (const tab of this.#tabs) tab.addEventListener('click', () => this.select(tab.dataset.tab));
    list.addEventListener('keydown', event => this.#onKey(event));
    this.select((this.#tabs.find(tab => tab.getAttribute('aria-selected') === 'true') ?? this.#tabs[0]).dataset.tab);
  }

  select(name) {
    for (const tab of this.#tabs) {
      const isSelected = tab.dataset.tab === name;
      tab.setAttribute('aria-selected', String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls'));
      if (panel) panel.hidden = !isSelected;
    }
    this.selected = name;
    this.#onSelect(name);
  }

  #onKey(event) {
    const index = this.#tabs.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const target = event.key === 'Home' ? 0 : event.key === 'End' ? this.#tabs.length - 1 :
      step && index >= 0 ? (index + step + this.#tabs.length) % this.#tabs.length : -1;
    if (target < 0) return;
    event.preventDefault();
    this.#tabs[target].focus();
    this.select(this.#tabs[target].dataset.tab);
  }
}
