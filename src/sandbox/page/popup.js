// @ts-check
import { h } from './dom.js';

/** @type {(() => void) | null} */
let closeCurrent = null;

/** Closes the open popup, if any; tells whether one was open. */
export function closePopup() {
  const close = closeCurrent;
  closeCurrent = null;
  close?.();
  return close !== null;
}

/**
 * Shows a popup beside an anchor, above it when there is no room below. One at a time.
 * @param {HTMLElement} anchor
 * @param {HTMLElement} content
 * @param {{ align?: 'start' | 'end', matchWidth?: boolean, onClose?: () => void }} [options]
 */
export function openPopup(anchor, content, options = {}) {
  closePopup();
  const layer = /** @type {HTMLElement} */ (document.getElementById('popups'));
  const box = h('div', { class: 'popup' }, content);
  layer.append(box);
  const place = () => position(anchor, box, options);
  const observer = new ResizeObserver(place);
  observer.observe(content);
  /** @param {Event} event */
  const outside = (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!box.contains(target) && !anchor.contains(target)) closePopup();
  };
  document.addEventListener('pointerdown', outside, true);
  window.addEventListener('resize', place);
  document.addEventListener('scroll', place, true);
  closeCurrent = () => {
    observer.disconnect();
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('resize', place);
    document.removeEventListener('scroll', place, true);
    box.remove();
    options.onClose?.();
  };
  place();
}

/** @param {HTMLElement} anchor @param {HTMLElement} box @param {{ align?: string, matchWidth?: boolean }} options */
function position(anchor, box, options) {
  const gap = 6;
  const around = anchor.getBoundingClientRect();
  if (options.matchWidth) box.style.minWidth = `${around.width}px`;
  const below = window.innerHeight - around.bottom - gap * 2;
  const above = around.top - gap * 2;
  const isBelow = below >= Math.min(box.offsetHeight, 240) || below >= above;
  box.style.maxHeight = `${Math.max(120, Math.min(360, isBelow ? below : above))}px`;
  const left = options.align === 'end' ? around.right - box.offsetWidth : around.left;
  box.style.left = `${Math.max(8, Math.min(left, window.innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${isBelow ? around.bottom + gap : around.top - gap - box.offsetHeight}px`;
}

/**
 * A menu of actions beside a button, usable with the arrow keys.
 * @param {HTMLElement} anchor
 * @param {{ label: Node[], run: () => void, isDanger?: boolean }[]} items
 * @param {'start' | 'end'} [align]
 */
export function openMenu(anchor, items, align = 'end') {
  const buttons = items.map((item) =>
    h('button', { type: 'button', role: 'menuitem', class: 'menu-item', on: { click: () => pick(item) } }, item.label),
  );
  const pick = (/** @type {{ run: () => void }} */ item) => {
    closePopup();
    anchor.focus();
    item.run();
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      closePopup();
      anchor.focus();
    }
    if (step === 0) return;
    event.preventDefault();
    const index = buttons.indexOf(/** @type {any} */ (document.activeElement));
    buttons[(index + step + buttons.length) % buttons.length].focus();
  };
  const menu = h('div', { role: 'menu', class: 'menu', on: { keydown: onKey } }, buttons);
  anchor.setAttribute('aria-expanded', 'true');
  openPopup(anchor, menu, { align, onClose: () => anchor.setAttribute('aria-expanded', 'false') });
  buttons[0]?.focus();
}
