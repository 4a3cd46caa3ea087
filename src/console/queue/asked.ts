import { useLocation, useSearch } from 'wouter';

/** What the queue can be asked, as the address bar says it. */
export const questions = ['status', 'kind', 'topic', 'unit', 'area', 'assignee', 'due', 'q', 'sort'] as const;
export type Question = (typeof questions)[number];
export type Asked = Partial<Record<Question, string>>;

/** Ready-made questions, one tap each. */
export const views = {
  open: {},
  mine: { assignee: 'me' },
  unowned: { assignee: 'none' },
  overdue: { due: 'overdue' },
  today: { due: 'today' },
  all: { status: 'all' },
} as const satisfies Record<string, Asked>;
export type View = keyof typeof views;
export const viewNames = Object.keys(views) as View[];

const read = (search: string): Asked => {
  const params = new URLSearchParams(search);
  return Object.fromEntries(questions.flatMap((each) => (params.get(each) ? [[each, params.get(each)]] : [])));
};

const write = (asked: Asked): string =>
  new URLSearchParams(questions.flatMap((each) => (asked[each] ? [[each, asked[each]]] : []))).toString();

/** What the server is asked: all that is still somebody's to do, unless the address says otherwise. */
export const toServer = (asked: Asked): string => {
  const { status = asked.q ? 'all' : 'open', ...rest } = asked;
  return write(status === 'all' ? rest : { ...rest, status });
};

const same = (one: Asked, other: Asked): boolean => write({ ...one, sort: '' }) === write({ ...other, sort: '' });
/** The ready-made question that is asked just now, if it is one. */
export const viewOf = (asked: Asked): View | undefined => viewNames.find((name) => same(views[name], asked));

/** A page of the queue as a link. */
export const hrefOf = (asked: Asked): string => {
  const search = write(asked);
  return search ? `/?${search}` : '/';
};

let last = '/';
/** The queue as it was left. */
export const lastQueue = (): string => last;

/** The question in the address bar, and how to change a part of it. */
export function useAsked(): { asked: Asked; change: (part: Asked, how?: { replace?: boolean }) => void } {
  const asked = read(useSearch());
  const [, go] = useLocation();
  last = hrefOf(asked);
  return { asked, change: (part, how) => go(hrefOf({ ...asked, ...part }), how) };
}
