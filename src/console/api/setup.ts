import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { SetupView, setupPatch } from '../../http/views/officer.ts';
import { call } from './call.ts';
import { client } from './client.ts';

const key = ['setup'] as const;

/** What stands of the first-run checklist. */
export const useSetup = (enabled = true) =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => call<SetupView>('/setup', undefined, signal), enabled, staleTime: 5_000 });

export async function saveSetup(body: z.input<typeof setupPatch>): Promise<void> {
  await call('/setup', { method: 'PATCH', body });
  await client.invalidateQueries({ queryKey: key });
}
