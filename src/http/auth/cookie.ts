import type { CookieSerializeOptions } from '@fastify/cookie';

/** The session cookie. `__Host-` pins it to this host and path wherever the desk is reached by https. */
export interface SessionCookie {
  name: string;
  options: CookieSerializeOptions;
}

/** Never readable by script, never sent along from another site; gone with the browser or after the session. */
export function sessionCookie(publicUrl: string | undefined): SessionCookie {
  const secure = publicUrl?.startsWith('https:') ?? false;
  return {
    name: secure ? '__Host-tiexin' : 'tiexin',
    options: { path: '/', httpOnly: true, sameSite: 'strict', secure },
  };
}
