import { expect } from 'vitest';

/** The line that says so: its mark, all of it, and the cure under it. */
export function found(out: string, words: string): { mark: string; line: string; cure: string } {
  const lines = out.split('\n');
  const at = lines.findIndex((line) => line.includes(words));
  expect(at, `“${words}” in\n${out}`).toBeGreaterThanOrEqual(0);
  const next = lines[at + 1] ?? '';
  return { mark: lines[at]![0] ?? '', line: lines[at]!.slice(2), cure: next.startsWith('  → ') ? next.slice(4) : '' };
}
