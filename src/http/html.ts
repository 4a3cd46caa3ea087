/** A piece of a page that is written safely: whatever was put into it is text. */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | number | undefined | readonly (Html | undefined)[];

/** Markup with what is put in escaped, unless it is markup itself; undefined is nothing. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html => ({
  html: parts.reduce((page, part, at) => page + written(pieces[at - 1]) + part),
});

function written(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'object') return 'html' in piece ? piece.html : piece.map(written).join('');
  return String(piece).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
