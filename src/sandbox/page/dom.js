// @ts-check

/** @typedef {Node | string | number | null | undefined | false} Child */

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'hidden', 'multiple', 'tabIndex']);

/**
 * Creates an element. Text always becomes a text node, so no data can turn into markup.
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `class`, `on` (listeners by event) and DOM properties by name
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === 'class') node.className = value;
    else if (PROPERTIES.has(name)) /** @type {any} */ (node)[name] = value;
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...kept(children));
  return node;
}

/**
 * A fragment of what is left after dropping nothings.
 * @param {...(Child | Child[])} children
 */
export function fragment(...children) {
  const node = document.createDocumentFragment();
  node.append(...kept(children));
  return node;
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
function kept(children) {
  return children
    .flat()
    .filter((child) => child !== null && child !== undefined && child !== false && child !== '')
    .map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * Shows a list and touches only the items that changed, so that focus and scrolling stay where they are.
 * @template Item
 * @param {HTMLElement} parent
 * @param {Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => HTMLElement} render
 */
export function renderList(parent, items, keyOf, render) {
  const before = new Map([...parent.children].map((child) => [child.getAttribute('data-key'), child]));
  /** @type {Set<Element>} */
  const used = new Set();
  let position = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const signature = JSON.stringify(item);
    let node = /** @type {any} */ (before.get(key));
    if (!node || node.signature !== signature) {
      const fresh = /** @type {any} */ (render(item));
      fresh.setAttribute('data-key', key);
      fresh.signature = signature;
      if (node) {
        if (position === node) position = fresh;
        node.replaceWith(fresh);
      }
      node = fresh;
    }
    used.add(node);
    if (position === node) position = node.nextElementSibling;
    else parent.insertBefore(node, position);
  }
  for (const child of [...parent.children]) if (!used.has(child)) child.remove();
}

/**
 * Everything the Tab key reaches inside an element.
 * @param {ParentNode} root
 * @returns {HTMLElement[]}
 */
export function focusable(root) {
  const selector = 'button, input, textarea, select, a[href], [tabindex]:not([tabindex="-1"])';
  const nodes = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector));
  return [...nodes].filter((node) => !(/** @type {any} */ (node).disabled) && node.offsetParent !== null);
}

/**
 * Keeps the Tab key inside a dialog.
 * @param {HTMLElement} dialog
 * @param {KeyboardEvent} event
 */
export function trapFocus(dialog, event) {
  if (event.key !== 'Tab') return;
  const nodes = focusable(dialog);
  const first = nodes[0];
  const last = nodes[nodes.length - 1];
  if (!first || !last) return;
  const active = document.activeElement;
  if (event.shiftKey && (active === first || !dialog.contains(active))) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (active === last || !dialog.contains(active))) {
    event.preventDefault();
    first.focus();
  }
}

/** @type {number} */
let idCount = 0;

/** An id for aria references. @param {string} prefix */
export function uniqueId(prefix) {
  idCount += 1;
  return `${prefix}-${idCount}`;
}
