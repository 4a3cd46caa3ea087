import { type Act, Allowance } from './allowance.ts';
import type { Told } from './log.ts';

/** One resident as WeChat knows them. */
export class Follower {
  readonly openid: string;
  readonly language: string;
  follows: boolean;
  followedAt: number;
  /** The scene of the code through which they came to follow; '' without one. */
  scene = '';
  /** Whether the account has put them on its blacklist. */
  blacklisted = false;
  /** Whether they have switched template messages off. */
  refusesTemplates = false;
  readonly allowance = new Allowance();
  readonly seen: Told[] = [];
  /** How many notices of a template they have agreed to. */
  readonly consents = new Map<string, number>();
  /** When either side last said something. */
  lastExchangeAt = Number.NEGATIVE_INFINITY;
  typingUntil = Number.NEGATIVE_INFINITY;

  constructor(openid: string, language: string, follows: boolean, now: number) {
    this.openid = openid;
    this.language = language;
    this.follows = follows;
    this.followedAt = now;
  }

  /** What they do lets the account write to them. */
  act(act: Act, now: number): void {
    this.allowance.grant(act, now);
    this.lastExchangeAt = now;
  }

  /** They unfollow: whatever the account was allowed is over. */
  leave(): void {
    this.follows = false;
    this.allowance.close();
    this.consents.clear();
  }
}
