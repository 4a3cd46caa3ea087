import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { newOfficer, OfficerView, officerMade, officerPatch, UnitView } from '../../http/views/officer.ts';
import type { Language } from '../words/words.ts';
import { call } from './call.ts';
import { client } from './client.ts';

const key = ['officers'] as const;

/** Every account the reader may see, in one list. */
export const useOfficers = (enabled = true) =>
  useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call<{ items: OfficerView[] }>('/officers', undefined, signal).then(({ items }) => items),
    enabled,
    staleTime: 60_000,
  });

export const useUnits = () =>
  useQuery({
    queryKey: ['units'],
    queryFn: ({ signal }) => call<{ items: UnitView[] }>('/units', undefined, signal).then(({ items }) => items),
    staleTime: 300_000,
  });

/** A unit's name in the reader's language. */
export const unitLabel = (units: readonly UnitView[] | undefined, code: string, language: Language): string => {
  const labels = units?.find((unit) => unit.code === code)?.labels;
  return labels?.[language] ?? labels?.['zh-CN'] ?? code;
};

/** Makes an account; a repeat of the same attempt makes none, and is not told the password again. */
export async function addOfficer(body: z.input<typeof newOfficer>, attempt: string) {
  const made = await call<z.infer<typeof officerMade>>('/officers', { method: 'POST', body, key: attempt });
  await client.invalidateQueries({ queryKey: key });
  return made;
}

export async function changeOfficer(officer: OfficerView, body: z.input<typeof officerPatch>) {
  const path = `/officers/${encodeURIComponent(officer.username)}`;
  const made = await call<z.infer<typeof officerMade>>(path, { method: 'PATCH', body });
  await client.invalidateQueries({ queryKey: key });
  return made;
}
