import type { Level } from '../rating.ts';
import { type Levels, ratingsAt } from './counts.ts';

/** A cell of the table as a stretch of a network: whoever rated runs through it, from `tail` to `head`. */
export interface Stretch {
  tail: number;
  head: number;
  levels: Levels;
  /** What it costs to hide it, from 0. */
  price: number;
  hidden: boolean;
  /** Shown already, so that it can't be hidden any more. */
  settled: boolean;
}

interface Step {
  at: number;
  /** One rating more in this cell, or one fewer. */
  more: boolean;
}

interface Way {
  steps: Step[];
  /** The price of the cells that would have to be hidden as well. */
  cost: number;
}

/** Whether the cell may hold a rating of the level more, or fewer. */
const gives = ({ settled, hidden, levels }: Stretch, level: Level, more: boolean): boolean =>
  (!settled || hidden) && (more || ratingsAt(levels, level) > 0);

/** Which cells begin or end at a junction. */
function junctions(cells: readonly Stretch[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [at, { tail, head }] of cells.entries())
    for (const end of [tail, head]) {
      const there = found.get(end);
      if (there) there.push(at);
      else found.set(end, [at]);
    }
  return found;
}

/**
 * Hides cells besides those hidden already, so that none of these can be worked out from what is shown. Returns which are hidden then.
 *
 * The cells form a network in which what comes to a junction leaves it: a table with one hierarchy is such a network
 * (Cox, J. Am. Stat. Assoc. 90 (1995) 1453–1462; Castro, LNCS 2316 (2002) 59–73). A flow changes along closed ways only.
 * So a hidden cell is safe where a closed way runs through it over hidden cells: one resident who gave a 5 (or one who gave a 4),
 * answer and invitation, may have been elsewhere along it. n, satisfied and acceptable of every cell on it are then one more or
 * one fewer, while nothing shown changes, whatever is counted of a rating.
 * Where there is none, the cheapest way is hidden whole; it then serves all hidden cells on it. What is safe stays so when more is
 * hidden, so one pass is enough. RangeError: what is settled leaves no way.
 */
export function hideEnough(cells: readonly Stretch[]): ReadonlySet<number> {
  const state = cells.map((cell) => ({ ...cell }));
  const at = junctions(cells);
  const safe = new Set<number>();
  for (const [cell, { hidden }] of cells.entries()) {
    if (!hidden || safe.has(cell)) continue;
    const way = cheapestWay(state, at, cell);
    if (!way) throw new RangeError('A hidden cell stands where no more can be hidden.');
    for (const step of way.steps) {
      const there = state[step.at];
      if (there) there.hidden = true;
      safe.add(step.at);
    }
  }
  return new Set(state.flatMap(({ hidden }, cell) => (hidden ? [cell] : [])));
}

function cheapestWay(cells: readonly Stretch[], at: Map<number, number[]>, cell: number): Way | undefined {
  let best: Way | undefined;
  for (const level of [5, 4] as const)
    for (const more of [true, false]) {
      const way = wayThrough(cells, at, { at: cell, more }, level);
      if (way && (!best || way.cost < best.cost)) best = way;
      if (best?.cost === 0) return best;
    }
  return best;
}

/** The cheapest closed way that begins with the step. */
function wayThrough(cells: readonly Stretch[], at: Map<number, number[]>, first: Step, level: Level): Way | undefined {
  const start = cells[first.at];
  if (!start || !gives(start, level, first.more)) return undefined;
  const [from, to] = first.more ? [start.head, start.tail] : [start.tail, start.head];
  const cheapest = new Map<number, { cost: number; by?: Step; before?: number }>([[from, { cost: 0 }]]);
  const queue = [from];
  for (let turn = queue.shift(); turn !== undefined; turn = queue.shift()) {
    const here = cheapest.get(turn)?.cost ?? 0;
    for (const next of at.get(turn) ?? []) {
      const cell = cells[next];
      if (!cell || next === first.at) continue;
      const more = cell.tail === turn;
      const end = more ? cell.head : cell.tail;
      const cost = here + (cell.hidden ? 0 : cell.price);
      const limit = Math.min(cheapest.get(end)?.cost ?? Number.POSITIVE_INFINITY, cheapest.get(to)?.cost ?? Number.POSITIVE_INFINITY);
      if (cost >= limit || !gives(cell, level, more)) continue;
      cheapest.set(end, { cost, by: { at: next, more }, before: turn });
      queue.push(end);
    }
  }
  const reached = cheapest.get(to);
  if (!reached) return undefined;
  const steps = [first];
  for (let back = reached; back.by && back.before !== undefined; ) {
    steps.push(back.by);
    const before = cheapest.get(back.before);
    if (!before) break;
    back = before;
  }
  return { steps, cost: reached.cost };
}
