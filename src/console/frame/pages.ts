import type { OfficerView } from '../../http/views/officer.ts';

/** The pages with a place in the navigation. */
export const pages = ['cases', 'new', 'deliveries', 'figures', 'ratings', 'replies', 'officers', 'audit', 'setup'] as const;
export type Page = (typeof pages)[number];

export const pathOf: Record<Page, string> = {
  cases: '/',
  new: '/new',
  deliveries: '/deliveries',
  figures: '/figures',
  ratings: '/ratings',
  replies: '/replies',
  officers: '/officers',
  audit: '/audit',
  setup: '/setup',
};

const pagesOf: Record<OfficerView['role'], readonly Page[]> = {
  officer: ['cases', 'new', 'deliveries', 'figures'],
  lead: ['cases', 'new', 'deliveries', 'figures', 'audit'],
  inspector: ['cases', 'deliveries', 'figures', 'ratings', 'replies', 'officers', 'audit'],
  administrator: ['setup', 'officers', 'audit'],
};

/** What a role has in its navigation; the first is its home. The server decides again on every request. */
export const pagesFor = (role: OfficerView['role']): readonly Page[] => pagesOf[role];
