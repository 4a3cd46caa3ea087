import { useQuery } from '@tanstack/react-query';
import type { EmergencyView } from '../../http/views/emergency.ts';
import { call } from './call.ts';
import { client } from './client.ts';

export const emergenciesKey = ['emergencies'] as const;

/** Emergencies nobody has acknowledged. Told by the stream, and asked again in case the stream is down. */
export const useEmergencies = (enabled: boolean) =>
  useQuery({
    queryKey: emergenciesKey,
    queryFn: ({ signal }) => call<{ items: EmergencyView[] }>('/emergencies?open=true', undefined, signal).then(({ items }) => items),
    enabled,
    refetchInterval: 20_000,
    refetchIntervalInBackground: true,
    // A mention is marked in its case for the reader: no siren, no banner.
    select: (items) => items.filter(({ acknowledgedAt, level }) => acknowledgedAt === null && level !== 'mention'),
  });

export async function acknowledge(id: string): Promise<void> {
  await call(`/emergencies/${encodeURIComponent(id)}/acknowledgement`, { method: 'PUT' });
  await client.invalidateQueries({ queryKey: emergenciesKey });
}
