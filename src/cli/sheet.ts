import type { Unit } from '../domain/catalogue.ts';
import { html } from '../http/html.ts';
import type { Words } from '../i18n.ts';

interface Sheet {
  words: Words;
  station: string;
  /** An SVG for each way residents can come. */
  codes: Readonly<Record<string, string>>;
  /** Which is rated there; absent: residents come to say something. */
  unit?: Unit;
}

/** A sheet of A4 to print and hang up: the codes, in every language what they are for, and what to do in danger. */
export function sheetFor({ words, station, codes, unit }: Sheet): string {
  const does = unit ? 'rate' : 'report';
  const inEvery = (key: string) =>
    words.locales.map((locale) => html`<span lang="${locale}">${words.t(`cli:qr.sheet.${key}`, locale)}</span>`);
  const about = words.locales.map((locale) => {
    const values = unit && { unit: unit.labels[locale] ?? unit.labels['zh-CN'] ?? unit.code };
    return html`<span lang="${locale}">${words.t(`cli:qr.sheet.${does}What`, locale, values)}</span>`;
  });
  const name = station || words.t('desk:station', words.locales[0] ?? '');
  return `<!doctype html>\n${
    html`<html lang="${words.locales[0]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${{ html: style }}</style>
</head>
<body>
<p class="station">${name}</p>
<h1>${inEvery(does)}</h1>
<p class="about">${about}</p>
<ul>${Object.entries(codes).map(
      ([way, code]) => html`<li>${{ html: code.replace('<svg', '<svg aria-hidden="true"') }}<p>${inEvery(way)}</p></li>`,
    )}</ul>
<p>${inEvery('scan')}</p>
${unit && html`<p class="small">${inEvery('apart')}</p>`}
<p class="danger">${inEvery('danger')}</p>
</body>
</html>
`.html
  }`;
}

const style = `
@page { size: A4; margin: 16mm; }
body { margin: 0 auto; max-width: 178mm; padding: 8mm 4mm; font: 18pt/1.4 system-ui, "Noto Sans SC", "PingFang SC", sans-serif; color: #111; text-align: center; }
h1 { font-size: 40pt; line-height: 1.15; margin: 6mm 0 3mm; }
p { margin: 2mm 0; }
span { display: block; }
span + span { font-size: 70%; color: #444; }
.station { font-weight: 600; }
ul { list-style: none; display: flex; flex-wrap: wrap; justify-content: center; gap: 8mm; padding: 0; margin: 8mm 0; }
li { width: 52mm; }
li:only-child { width: 90mm; }
svg { width: 100%; height: auto; display: block; }
.small { font-size: 12pt; color: #444; }
.danger { border-top: 1px solid #999; margin-top: 8mm; padding-top: 4mm; font-weight: 600; }
`;
