import type { Pulled, Settlement } from '../domain/message.ts';
import { Refused } from '../domain/refusal.ts';
import type { Render, Store } from '../store/store.ts';

/** Writes down what became of what was sent and of files pulled: many together, and none forgotten while we live. */
export interface Settling {
  sent(settlement: Settlement): void;
  /** `written`: told once it stands in the store. */
  pulled(pulled: Pulled, written: () => void): void;
  /** Writes what waits now: with whatever is handed to the store next, in one commit. */
  write(): void;
  /** Writes what waits, and complains of what can't be written now. */
  finish(): Promise<void>;
}

interface Batch {
  settlements: Settlement[];
  files: { pulled: Pulled; written: () => void }[];
}

/** Written together: at most this many, at latest after this long. */
const AT = 64;
const AFTER_MS = 50;
const AGAIN_AFTER_MS = 1_000;

/** `settled` is told of each writing, `complain` of a store that could not write: what waits is kept and written later. */
export function createSettling({
  store,
  render,
  settled,
  complain,
}: {
  store: Pick<Store, 'settle'>;
  render: Render;
  settled: () => void;
  complain: (what: string, cause: unknown) => void;
}): Settling {
  let settlements: Batch['settlements'] = [];
  let files: Batch['files'] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let finishing = false;

  const waiting = () => settlements.length + files.length;

  const write = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = undefined;
    if (waiting() > 0) {
      const batch = { settlements, files };
      settlements = [];
      files = [];
      // Handed to the store at once: what is handed to it next is committed with it.
      writing = Promise.all([writing, written(batch)]).then(() => undefined);
    }
    return writing;
  };

  const written = async (batch: Batch): Promise<void> => {
    try {
      await together(batch);
      settled();
    } catch (cause) {
      if (cause instanceof Refused) putBack(batch, cause);
      else {
        await oneByOne(batch);
        settled();
      }
    }
  };

  const together = async (batch: Batch): Promise<void> => {
    await store.settle(
      batch.settlements,
      batch.files.map(({ pulled }) => pulled),
      render,
    );
    for (const { written } of batch.files) written();
  };

  /** The store is sick: all of it is written later. */
  const putBack = (batch: Batch, cause: unknown): void => {
    settlements = [...batch.settlements, ...settlements];
    files = [...batch.files, ...files];
    complain('settlements wait for the store', cause);
    if (!finishing) timer ??= setTimeout(() => void write(), AGAIN_AFTER_MS);
  };

  /** One of them can't be written, ever: it holds up no other, and its lease runs out. */
  const oneByOne = async (batch: Batch): Promise<void> => {
    const alone: Batch[] = [
      ...batch.settlements.map((one) => ({ settlements: [one], files: [] })),
      ...batch.files.map((one) => ({ settlements: [], files: [one] })),
    ];
    for (const one of alone) {
      await together(one).catch((cause: unknown) => {
        if (cause instanceof Refused) putBack(one, cause);
        else {
          for (const { written } of one.files) written();
          complain('a settlement could not be written', cause);
        }
      });
    }
  };

  const soon = (): void => {
    if (waiting() >= AT) void write();
    else timer ??= setTimeout(() => void write(), AFTER_MS);
  };

  return {
    sent(settlement) {
      settlements.push(settlement);
      soon();
    },
    pulled(pulled, written) {
      files.push({ pulled, written });
      soon();
    },
    write: () => void write(),
    async finish() {
      finishing = true;
      await write();
      if (waiting() > 0) complain('settlements were not written', new Error(String(waiting())));
    },
  };
}
