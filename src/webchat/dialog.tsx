import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * A sheet over the page: Escape closes it, and the focus goes back to where it was. A wide one only shows, so a tap
 * beside it closes it as well; where something was typed or chosen, a stray tap takes nothing away.
 */
export function Dialog({
  label,
  close,
  wide = false,
  children,
}: {
  label: string;
  close: () => void;
  wide?: boolean;
  children: ComponentChildren;
}) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = place.current;
    const before = document.activeElement;
    if (dialog && typeof dialog.showModal === 'function') dialog.showModal();
    else dialog?.setAttribute('open', '');
    return () => {
      dialog?.close?.();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape, which a dialog handles itself
    <dialog
      ref={place}
      class={wide ? 'sheet wide' : 'sheet'}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if (wide && event.target === place.current) close();
      }}
    >
      <div class="sheet-inside">{children}</div>
    </dialog>
  );
}
