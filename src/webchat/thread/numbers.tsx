import { Fragment } from 'preact';

const SHORT: Readonly<Record<string, string>> = { '110': 'tel:110', '119': 'tel:119', '120': 'tel:120', '12110': 'sms:12110' };
const CALLED = new Set(['12345', '12356', '12389', '12348']);

/** Where a number leads when tapped; undefined for one that is no telephone. */
export function callOf(number: string): string | undefined {
  if (Object.hasOwn(SHORT, number)) return SHORT[number];
  if (CALLED.has(number) || /^(1[3-9]\d{9}|0\d{2,3}-\d{7,8})$/.test(number)) return `tel:${number}`;
  return undefined;
}

/** Words with the telephone numbers in them ready to be called. */
export function Called({ text }: { text: string }) {
  const pieces = text.split(/(0\d{2,3}-\d{7,8}|\d+)/);
  return (
    <>
      {pieces.map((piece, at) => {
        const call = at % 2 === 1 && !/[-\d]$/.test(pieces[at - 1] ?? '') ? callOf(piece) : undefined;
        return call === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
          <Fragment key={at}>{piece}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
          <a key={at} href={call}>
            {piece}
          </a>
        );
      })}
    </>
  );
}
