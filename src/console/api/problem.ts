import type { Problem } from '../../http/views/problem.ts';

/** What a page can do about a refusal or a lost connection. */
export class Failed extends Error {
  /** As the server put it into words; absent where the server was not reached. */
  readonly problem: Problem | undefined;

  constructor(problem: Problem | undefined, options?: { cause?: unknown }) {
    super(problem?.code ?? 'unreachable', options);
    this.name = 'Failed';
    this.problem = problem;
  }

  get code(): Problem['code'] | 'unreachable' {
    return this.problem?.code ?? 'unreachable';
  }

  /** Nothing is known of what became of it: the same attempt may be made again. */
  get unsettled(): boolean {
    return this.problem === undefined || this.problem.status >= 500;
  }
}

/** The problem an error carries, if it is one of ours. */
export const failureOf = (error: unknown): Failed | undefined => (error instanceof Failed ? error : undefined);
