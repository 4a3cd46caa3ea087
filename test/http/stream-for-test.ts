/** An event stream held open, and everything it has said. */
export interface Listening {
  status: number;
  said(): string;
  /** Resolves once it has said this; fails after a while. */
  hears(words: string, within?: number): Promise<void>;
  /** Resolves when the other side ends it. */
  ended: Promise<void>;
  close(): void;
}

export async function listen(url: string, headers: Record<string, string>): Promise<Listening> {
  const stop = new AbortController();
  const answer = await fetch(url, { headers, signal: stop.signal });
  let said = '';
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const bytes of answer.body ?? []) said += decoder.decode(bytes, { stream: true });
  };
  const ended = read().catch(() => undefined);
  return {
    status: answer.status,
    said: () => said,
    async hears(words, within = 3_000) {
      const until = Date.now() + within;
      while (!said.includes(words)) {
        if (Date.now() > until) throw new Error(`the stream did not say ${words}; it said: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    ended,
    close: () => stop.abort(),
  };
}
