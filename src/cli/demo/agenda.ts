/** A clock that only goes where the next thing happens, stopping every few hours for what is owed in between. */
export class Agenda {
  at: number;
  private readonly due: { at: number; run: () => Promise<void> }[] = [];

  constructor(start: number) {
    this.at = start;
  }

  plan(at: number, run: () => Promise<void>): void {
    this.due.push({ at, run });
  }

  /** Everything planned before `end`, also what is planned on the way; `between` is run at least every `step` ms of the clock. */
  async live(end: number, step: number, between: () => Promise<void>): Promise<void> {
    while (this.at < end) {
      this.due.sort((one, other) => one.at - other.at);
      const next = this.due[0];
      const stop = Math.min(this.at + step, end);
      if (next && next.at <= stop) {
        this.due.shift();
        this.at = Math.max(this.at, next.at);
        await next.run();
      } else this.at = stop;
      await between();
    }
  }
}
