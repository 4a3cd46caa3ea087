import type { Line } from '../../channels/web/contract.ts';

/** The last line that asks something, while it is the open one. */
export const lastAsking = (lines: readonly Line[]): Line | undefined =>
  findLast(lines, ({ from, expects }) => from !== 'resident' && expects !== null);

/** The last line with buttons: those above it are of questions that are past. */
export const lastWithButtons = (lines: readonly Line[]): Line | undefined => findLast(lines, ({ buttons }) => buttons.length > 0);

function findLast<T>(list: readonly T[], is: (one: T) => boolean): T | undefined {
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const one = list[at];
    if (one !== undefined && is(one)) return one;
  }
  return undefined;
}

/** A tap as the resident saw it: the label of the button it was on. */
export function labelOf(tap: string, lines: readonly Line[]): string | undefined {
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    for (const row of lines[at]?.buttons ?? []) for (const button of row) if (button.tap === tap) return button.label;
  }
  return undefined;
}
