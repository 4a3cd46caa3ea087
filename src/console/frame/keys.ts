/** Whether a key goes into a field, a dialog or a menu: then it is theirs. */
export const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null);

/** Presses what carries `data-key` for the key, or focuses it where it is a field. */
export function press(key: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  const field = target?.matches('input, textarea') ? target : target?.querySelector<HTMLElement>('input, textarea');
  if (field) field.focus();
  else target?.click();
  return target !== null;
}

/** The next or the one before among what carries `data-row`. */
export function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const here = rows.findIndex((row) => row.matches(':focus'));
  const next = rows[here === -1 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
