/** What the page keeps on the device: for good on an own phone, else until the tab closes. */
export interface Keep {
  /** The answer to "is this your own phone?"; undefined until given. */
  own(): boolean | undefined;
  setOwn(own: boolean): void;
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Every kept name that begins so. */
  names(prefix: string): string[];
  /** Leaves nothing. */
  clear(): void;
}

const PREFIX = 'tiexin.';
const OWN = `${PREFIX}own`;

/** A place that forgets with the page, for browsers that let nothing be kept. */
function forgetful(): Storage {
  const held = new Map<string, string>();
  return {
    get length() {
      return held.size;
    },
    key: (at) => [...held.keys()][at] ?? null,
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
    removeItem: (name) => void held.delete(name),
    clear: () => held.clear(),
  };
}

function usable(find: () => Storage): Storage {
  try {
    const storage = find();
    storage.setItem(`${PREFIX}try`, '1');
    storage.removeItem(`${PREFIX}try`);
    return storage;
  } catch {
    return forgetful();
  }
}

const ours = (storage: Storage): string[] =>
  Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter((name) => name.startsWith(PREFIX));

export function openKeep(): Keep {
  const lasting = usable(() => window.localStorage);
  const passing = usable(() => window.sessionStorage);
  const own = () => {
    if (lasting.getItem(OWN) === 'yes') return true;
    return passing.getItem(OWN) === 'no' ? false : undefined;
  };
  const place = () => (own() === true ? lasting : passing);
  const wipe = (storage: Storage) => {
    for (const name of ours(storage)) storage.removeItem(name);
  };

  return {
    own,
    setOwn(mine) {
      const [from, to] = mine ? [passing, lasting] : [lasting, passing];
      for (const name of ours(from)) to.setItem(name, from.getItem(name) ?? '');
      wipe(from);
      to.setItem(OWN, mine ? 'yes' : 'no');
    },
    get: (name) => place().getItem(PREFIX + name) ?? undefined,
    set(name, value) {
      try {
        place().setItem(PREFIX + name, value);
      } catch {
        // Full: what is on the screen stays there, and is sent all the same.
      }
    },
    remove: (name) => place().removeItem(PREFIX + name),
    names: (prefix) =>
      ours(place())
        .filter((name) => name.startsWith(PREFIX + prefix))
        .map((name) => name.slice(PREFIX.length)),
    clear() {
      wipe(lasting);
      wipe(passing);
    },
  };
}
