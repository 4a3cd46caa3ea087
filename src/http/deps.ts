import type { FastifyBaseLogger } from 'fastify';
import type { Channel } from '../channels/channel.ts';
import type { Casework } from '../desk/casework.ts';
import type { MediaStore } from '../desk/media.ts';
import type { Store } from '../store/store.ts';

/** The words of every locale, as far as answers over HTTP need them. */
export interface Spoken {
  readonly locales: readonly string[];
  t(key: string, locale: string, values?: Readonly<Record<string, string | number>>): string;
  has(key: string, locale: string): boolean;
}

/** What the environment says to HTTP. */
export interface HttpConfig {
  /** Where people reach this desk; https makes cookies `Secure` and `__Host-`. */
  publicUrl?: string | undefined;
  trustedProxies: readonly string[];
  metricsToken?: string | undefined;
  defaultLocale: string;
}

/** Everything the app is made of. */
export interface AppDeps {
  store: Store;
  casework: Casework;
  channels: readonly Channel[];
  words: Spoken;
  media: Pick<MediaStore, 'open'>;
  config: HttpConfig;
  log?: FastifyBaseLogger;
  now?: () => number;
  /** The built pages; where they are not built, their paths answer 404. */
  pages?: { webchat: string; console: string };
}

/** {@link AppDeps} with what may be absent filled in. */
export type Deps = AppDeps & { now: () => number };
