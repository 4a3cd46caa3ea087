import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskProcess } from './desk-process.ts';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Asks until there is an answer, whatever dies meanwhile: the same request, again and again. */
export async function askUntilAnswered<Body>(desk: DeskProcess, path: string, init: () => RequestInit): Promise<Answer<Body>> {
  for (;;) {
    const run = desk.run;
    try {
      const response = await fetch(`${desk.url}${path}`, { ...init(), signal: AbortSignal.timeout(20_000) });
      const text = await response.text();
      if (response.status !== 503) {
        const json = (response.headers.get('content-type') ?? '').includes('json');
        return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : undefined };
      }
    } catch (cause) {
      if (wasUnderWay(cause)) desk.cutOff(run);
    }
    await sleep(20);
    await desk.up();
  }
}

/** True where the connection stood when it broke: the server died with this request in its hands. */
function wasUnderWay(cause: unknown): boolean {
  const code = (cause as { cause?: { code?: string } }).cause?.code;
  return code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || code === 'EPIPE';
}
