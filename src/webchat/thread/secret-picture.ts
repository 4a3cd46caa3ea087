const WIDTH = 1080;
const HEIGHT = 720;

/** A picture of a few lines for the phone's album, drawn here and sent nowhere. */
export function drawSecret(lines: readonly string[], name: string): void {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = '#1c5d99';
  pen.fillRect(0, 0, WIDTH, 24);
  const [title = '', reference = '', code = '', ...rest] = lines;
  const write = (text: string, y: number, font: string, colour: string) => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(text, 72, y, WIDTH - 144);
  };
  write(title, 140, '48px sans-serif', '#3b4652');
  write(reference, 290, 'bold 84px sans-serif', '#14181d');
  write(code, 430, 'bold 84px sans-serif', '#14181d');
  rest.forEach((line, at) => {
    write(line, 560 + at * 60, '40px sans-serif', '#3b4652');
  });
  canvas.toBlob((blob) => {
    if (!blob) return;
    const address = URL.createObjectURL(blob);
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }, 'image/png');
}
