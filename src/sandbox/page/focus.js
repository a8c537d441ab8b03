// @ts-check

/**
 * Which control has the focus and where its caret is, told by ids that outlive a redraw.
 * @param {HTMLElement} root
 */
export function focusState(root) {
  const active = /** @type {any} */ (document.activeElement);
  if (!root.contains(active)) return null;
  return {
    role: active.getAttribute('data-role'),
    blockId: active.closest('[data-block-id]')?.getAttribute('data-block-id'),
    actionId: active.closest('[data-action-id]')?.getAttribute('data-action-id'),
    value: /^(radio|checkbox)$/.test(active.type ?? '') ? active.value : null,
    caret: 'selectionStart' in active ? active.selectionStart : null,
  };
}

/**
 * Puts the focus back after a redraw; false when its control is gone.
 * @param {HTMLElement} root @param {ReturnType<typeof focusState>} focus
 */
export function restoreFocus(root, focus) {
  const target = /** @type {any} */ (focus && controlOf(root, focus));
  if (!target) return false;
  target.focus();
  // Only text fields have a caret; asking others for one throws.
  if (focus?.caret !== null && /^(text|textarea|url|search)$/.test(target.type ?? '')) {
    target.setSelectionRange(focus?.caret, focus?.caret);
  }
  return true;
}

/** @param {HTMLElement} root @param {NonNullable<ReturnType<typeof focusState>>} focus */
function controlOf(root, { role, blockId, actionId, value }) {
  if (role) return root.querySelector(`[data-role="${role}"]:not(:disabled)`);
  if (!blockId || !actionId) return null;
  const block = root.querySelector(`[data-block-id="${CSS.escape(blockId)}"]`);
  const holder = block?.querySelector(`[data-action-id="${CSS.escape(actionId)}"]`);
  return value === null ? holder : holder?.querySelector(`input[value="${CSS.escape(value)}"]`);
}
