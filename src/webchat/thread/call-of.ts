const SHORT: Readonly<Record<string, string>> = { '110': 'tel:110', '119': 'tel:119', '120': 'tel:120', '12110': 'sms:12110' };
const CALLED = new Set(['12345', '12356', '12389', '12348']);

/** Where a number leads when tapped; undefined for one that is no telephone. */
function callOf(number: string): string | undefined {
  if (Object.hasOwn(SHORT, number)) return SHORT[number];
  if (CALLED.has(number) || /^(1[3-9]\d{9}|0\d{2,3}-\d{7,8})$/.test(number)) return `tel:${number}`;
  return undefined;
}

/** Words cut so that each telephone number stands alone, with where it leads. */
export function withCalls(text: string): { piece: string; call?: string }[] {
  const pieces = text.split(/(0\d{2,3}-\d{7,8}|\d+)/);
  return pieces.flatMap((piece, at) => {
    if (piece === '') return [];
    // Digits that go on before or after it are no telephone number.
    const alone = at % 2 === 1 && !/[-\d]$/.test(pieces[at - 1] ?? '') && !/^-\d/.test((pieces[at + 1] ?? '') + (pieces[at + 2] ?? ''));
    const call = alone ? callOf(piece) : undefined;
    return [call === undefined ? { piece } : { piece, call }];
  });
}
