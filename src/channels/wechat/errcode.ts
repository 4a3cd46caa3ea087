/** What an `errcode` asks of us. */
export type Cure =
  /** The access token is old or wrong: another one, and the call again, once. */
  | 'new-token'
  /** The window is shut or used up: kept until the resident next writes. */
  | 'hold'
  /** Too many calls: later. */
  | 'back-off'
  /** Busy: again, soon. */
  | 'again'
  /** This resident can't be reached. */
  | 'unreachable'
  /** The account has no right to this: it is left off, said once. */
  | 'off'
  /** The operator has to set something right; meanwhile it waits. */
  | 'operator'
  /** This very call is wrong. */
  | 'refused';

interface Meaning {
  cure: Cure;
  /** In WeChat's own sense (developers.weixin.qq.com, 全局返回码), for the log. */
  means: string;
}

const meanings: Readonly<Record<number, Meaning>> = {
  [-1]: { cure: 'again', means: 'system busy' },
  40001: { cure: 'new-token', means: 'access token invalid, or not the newest' },
  40014: { cure: 'new-token', means: 'access token not valid' },
  41001: { cure: 'new-token', means: 'access token missing' },
  42001: { cure: 'new-token', means: 'access token expired' },
  40003: { cure: 'unreachable', means: 'openid not valid' },
  43004: { cure: 'unreachable', means: 'the resident does not follow the account' },
  43019: { cure: 'unreachable', means: 'the resident is on the account’s blacklist' },
  45015: { cure: 'hold', means: 'more than 48 hours since the resident wrote' },
  45047: { cure: 'hold', means: 'too many messages since the resident wrote' },
  45009: { cure: 'back-off', means: 'daily number of calls used up' },
  45011: { cure: 'back-off', means: 'too many calls in this minute' },
  48001: { cure: 'off', means: 'the account has no right to this interface' },
  48004: { cure: 'off', means: 'the interface was taken from the account' },
  50002: { cure: 'off', means: 'the account is restricted' },
  40013: { cure: 'operator', means: 'app id not valid' },
  40125: { cure: 'operator', means: 'app secret not valid' },
  41004: { cure: 'operator', means: 'app secret missing' },
  40164: { cure: 'operator', means: 'this server’s address is not on the account’s list' },
  61004: { cure: 'operator', means: 'this server’s address is not on the account’s list' },
  40037: { cure: 'operator', means: 'template id not valid' },
  45002: { cure: 'refused', means: 'text too long' },
  47001: { cure: 'refused', means: 'body not readable' },
  40007: { cure: 'refused', means: 'media id not valid' },
  40018: { cure: 'refused', means: 'menu name too long or empty' },
  44002: { cure: 'refused', means: 'body empty' },
  44004: { cure: 'refused', means: 'text empty' },
  45157: { cure: 'refused', means: 'tag name not valid' },
};

/** What a code means; one we don't know is that call's own fault, and named by its number. */
export const meaningOf = (errcode: number): Meaning => meanings[errcode] ?? { cure: 'refused', means: `errcode ${errcode}` };
