import type { Asked } from '../asked.ts';
import type { Follower } from '../follower.ts';
import { Refusal } from '../refusal.ts';
import type { Wechat } from '../wechat.ts';

/** A file that goes back as it is. */
export class Download {
  readonly bytes: Buffer;
  readonly mime: string;
  readonly name: string;

  constructor(bytes: Buffer, mime: string, name: string) {
    this.bytes = bytes;
    this.mime = mime;
    this.name = name;
  }
}

/** One call of WeChat's: what it gives back goes out beside `errcode` 0, unless it is `bare`. */
export interface Method {
  readonly verb: 'GET' | 'POST';
  /** False for the calls that give tokens out. */
  readonly needsToken: boolean;
  /** Whether its answer has no errcode where all went well. */
  readonly bare?: boolean;
  /** What its answer calls itself, where that is not JSON; errors are JSON all the same. */
  readonly type?: string;
  act(wechat: Wechat, asked: Asked): object;
}

/** Whoever has this openid with the account. */
export function followerOrRefuse(wechat: Wechat, openid: string): Follower {
  const follower = wechat.followers.get(openid);
  if (!follower) throw new Refusal(40003);
  return follower;
}
