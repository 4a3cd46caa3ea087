/** What one look found. `broken` needs a cure now, `soon` before it breaks; `fine` is said too, so that silence means nothing. */
export interface Finding {
  state: 'fine' | 'soon' | 'broken';
  /** Below `cli:doctor.found.`: the words of what was found; a cure stands below `cli:doctor.cure.` by the same name. */
  name: string;
  values?: Readonly<Record<string, string | number>>;
}

export const fine = (name: string, values: Finding['values'] = {}): Finding => ({ state: 'fine', name, values });
export const soon = (name: string, values: Finding['values'] = {}): Finding => ({ state: 'soon', name, values });
export const broken = (name: string, values: Finding['values'] = {}): Finding => ({ state: 'broken', name, values });

/** A time as the station's clocks show it. */
export const localTime = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
