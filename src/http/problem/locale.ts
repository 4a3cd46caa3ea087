/** The reader's language from `Accept-Language` (RFC 9110, 12.5.4): the best one we speak, else the desk's own. */
export function localeOf(header: string | undefined, locales: readonly string[], fallback: string): string {
  const wanted = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))?.split('=')[1];
      return { range: range.trim().toLowerCase(), q: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ range, q }) => range !== '' && range !== '*' && q > 0)
    .sort((one, other) => other.q - one.q);
  for (const { range } of wanted) {
    const exact = locales.find((locale) => locale.toLowerCase() === range);
    const near = exact ?? locales.find((locale) => locale.toLowerCase().split('-')[0] === range.split('-')[0]);
    if (near) return near;
  }
  return fallback;
}
