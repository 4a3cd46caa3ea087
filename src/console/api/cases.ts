import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  acceptance,
  answer,
  assignee,
  CaseList,
  CaseView,
  caseMade,
  closure,
  contactView,
  finding,
  newCase,
  planned,
  reopening,
  replied,
  sealing,
  sparing,
  withdrawal,
  written,
} from '../../http/views/case.ts';
import { call } from './call.ts';
import { client } from './client.ts';

const root = (reference: string): string => `/cases/${encodeURIComponent(reference)}`;

/** Deliveries that fail and hours that pass are no events of a case: the queue looks for them itself, but not where each look is on record. */
const QUEUE_MS = 60_000;

/** A page of the queue after another; `search` is the address bar's own. */
export const useQueue = (search: string) =>
  useInfiniteQuery({
    queryKey: ['queue', search],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(search);
      if (pageParam) asked.set('cursor', pageParam);
      return call<CaseList>(`/cases?${asked}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(({ sealed }) => sealed)) ? false : QUEUE_MS),
    placeholderData: (before) => before,
  });

/**
 * What becomes of an outbound is no event of its case, and whoever loses sight of a case is not told: both are asked for
 * while it is open. Each look at a sealed case is on record, so hardly there.
 */
function deliveryPause(file: CaseView | undefined): number | false {
  const open = new Set(file?.messages.map(({ delivery }) => delivery?.state));
  if (open.has('pending')) return file?.sealed ? 10_000 : 2_000;
  if (file?.sealed) return false;
  return open.has('waiting') ? 10_000 : 60_000;
}

const caseKey = (reference: string) => ['case', reference] as const;

export const useCase = (reference: string) =>
  useQuery({
    queryKey: caseKey(reference),
    queryFn: ({ signal }) => call<CaseView>(root(reference), undefined, signal),
    refetchInterval: ({ state }) => deliveryPause(state.data),
  });

/** Something became of a case, here or elsewhere: what is on the screen of it is read again. */
export async function refreshCase(reference: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: caseKey(reference) }),
    client.invalidateQueries({ queryKey: ['queue'], refetchType: 'active' }),
  ]);
}

/** The case is out of sight from now on: nothing of it stays in the page. */
export function forgetCase(reference: string): void {
  client.removeQueries({ queryKey: caseKey(reference) });
  client.removeQueries({ queryKey: ['queue'] });
}

export type Made = z.infer<typeof caseMade>;
export type Written = z.infer<typeof written>;
export type Contact = z.infer<typeof contactView>;
export type NewCase = z.input<typeof newCase>;

/** What a write on a case needs beside its words: the version its writer saw, and the attempt's key. */
export interface Under {
  seen: number;
  key: string;
}

export const openCase = (body: NewCase, key: string) => call<Made>('/cases', { method: 'POST', body, key });

export const sendReply = (reference: string, text: string, under: Under) =>
  call<z.infer<typeof replied>>(`${root(reference)}/replies`, { method: 'POST', body: { text }, ...under });

export const noteContact = (reference: string, how: string, key: string) =>
  call<Written>(`${root(reference)}/contacts`, { method: 'POST', body: { how }, key });

export const addNote = (reference: string, text: string, key: string) =>
  call<Written>(`${root(reference)}/notes`, { method: 'POST', body: { text }, key });

/** The acts that put something into its place: each is a noun of the API. */
export interface Puts {
  acceptance: z.input<typeof acceptance>;
  assignee: z.input<typeof assignee>;
  sparing: z.input<typeof sparing>;
  finding: z.input<typeof finding>;
  plan: z.input<typeof planned>;
  answer: z.input<typeof answer>;
  closure: z.input<typeof closure>;
  withdrawal: z.input<typeof withdrawal>;
  seal: z.input<typeof sealing>;
}

export const put = <Noun extends keyof Puts>(reference: string, noun: Noun, body: Puts[Noun], under: Under) =>
  call<Written>(`${root(reference)}/${noun}`, { method: 'PUT', body, ...under });

export const reopen = (reference: string, body: z.input<typeof reopening>, under: Under) =>
  call<Written>(`${root(reference)}/closure`, { method: 'DELETE', body, ...under });

/** Opening contact details leaves an audit entry: asked for by a press, never ahead. */
export const openContact = (reference: string) => call<Contact>(`${root(reference)}/contact`);
