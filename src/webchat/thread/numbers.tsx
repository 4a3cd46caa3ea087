import { Fragment } from 'preact';
import { withCalls } from './call-of.ts';

/** Words with the telephone numbers in them ready to be called. */
export function Called({ text }: { text: string }) {
  return (
    <>
      {withCalls(text).map(({ piece, call }, at) =>
        call === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
          <Fragment key={at}>{piece}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
          <a key={at} href={call}>
            {piece}
          </a>
        ),
      )}
    </>
  );
}
