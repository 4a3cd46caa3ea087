/** All the bytes of a stream, where there are at most so many; beyond that it is left. */
export async function bytesOf(stream: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | 'too-big'> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > most) return 'too-big';
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
