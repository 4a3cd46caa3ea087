import { accountInfo } from './account-info.ts';
import { custom } from './custom.ts';
import { media } from './media.ts';
import { menu } from './menu.ts';
import type { Method } from './method.ts';
import { notice } from './notice.ts';
import { token } from './token.ts';

const methods = new Map<string, Method>(Object.entries({ ...token, ...custom, ...media, ...menu, ...notice, ...accountInfo }));

/** The call of a path; undefined where WeChat has none. */
export const methodAt = (path: string): Method | undefined => methods.get(path);
