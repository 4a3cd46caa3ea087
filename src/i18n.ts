import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';

/** The words of every locale: the only way to a sentence. */
export interface Words {
  readonly locales: readonly string[];
  /** `namespace:path.to.key` in words. An unknown locale gets the first one, Chinese; a missing key throws: a resident is never shown one. */
  t(key: string, locale: string, values?: Readonly<Record<string, string | number>>): string;
  has(key: string, locale: string): boolean;
}

const FIRST = 'zh-CN';
/** Stands for words that aren't there; no locale says it. */
const MISSING = '\u0000';

/** Reads `<dir>/<locale>/<namespace>.json`, once, at start. */
export function loadWords(dir: string): Words {
  const locales = readdirSync(dir).sort((one, other) => Number(other === FIRST) - Number(one === FIRST) || one.localeCompare(other));
  const resources = Object.fromEntries(locales.map((locale) => [locale, namespacesIn(join(dir, locale))]));
  const words = i18next.createInstance();
  words.init({
    resources,
    lng: FIRST,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnNull: false,
    parseMissingKeyHandler: () => MISSING,
  });
  /** Words that stand by themselves, by locale and key: most buttons and questions. */
  const known = new Map<string, string>();
  const spoken = (locale: string) => (locales.includes(locale) ? locale : FIRST);
  const has = (key: string, locale: string) => words.exists(key, { lng: spoken(locale), ...plural });
  return {
    locales,
    has,
    t(key, locale, values) {
      const lng = spoken(locale);
      const place = values === undefined ? `${lng}/${key}` : undefined;
      const before = place === undefined ? undefined : known.get(place);
      if (before !== undefined) return before;
      const said: unknown = words.t(key, { lng, ...values });
      if (typeof said !== 'string' || said === MISSING) throw new Error(`no words for ${key} in ${lng}`);
      if (place !== undefined) known.set(place, said);
      return said;
    },
  };
}

/** Counted keys exist only in their plural forms; asking with a count finds them and plain ones alike. */
const plural = { count: 1 };

const namespacesIn = (dir: string) =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(dir, file), 'utf8'))]),
  );
