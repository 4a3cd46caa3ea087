/** The public page's looks: one column, large type, cards instead of columns on a phone. */
export const style = `
:root { color-scheme: light; --ink: #1d2733; --quiet: #52606d; --line: #d9e0e7; --accent: #14507a; }
* { box-sizing: border-box; }
body { margin: 0; background: #f6f8fa; color: var(--ink); font: 18px/1.6 system-ui, "Noto Sans SC", "PingFang SC", sans-serif; }
header, main { max-width: 1080px; margin: 0 auto; padding: 16px; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 24px; }
header p { margin: 0; font-weight: 600; }
a { color: var(--accent); display: inline-block; padding: 6px 0; }
header a { margin-inline-end: 16px; }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 8px 0; }
h2 { font-size: 1.25rem; margin: 0 0 4px; }
p { max-width: 42em; }
section { background: #fff; border: 1px solid var(--line); border-radius: 12px; padding: 20px; margin: 20px 0; }
.quiet { color: var(--quiet); font-size: 16px; }
p.quiet { margin: 0 0 12px; }
.none { background: #fff; border: 1px solid var(--line); border-radius: 12px; padding: 20px; }
.periods { display: flex; flex-wrap: wrap; gap: 8px; margin: 20px 0; }
.periods a { border: 1px solid var(--line); border-radius: 999px; padding: 6px 16px; background: #fff; text-decoration: none; }
.periods a[aria-current] { background: var(--accent); border-color: var(--accent); color: #fff; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; padding: 10px 12px 10px 0; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--quiet); font-size: 16px; font-weight: 500; }
tbody th { font-weight: 600; min-width: 8em; }
svg { display: block; width: 100%; max-width: 140px; height: 10px; margin: 9px 0 4px; }
.track { fill: var(--line); } .range { fill: var(--accent); opacity: .35; } .value { fill: var(--accent); }
li { margin: 4px 0; max-width: 42em; }
@media (max-width: 720px) {
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-top: 1px solid var(--line); padding: 12px 0; }
  th, td { border: 0; padding: 2px 0; }
  td[data-label]::before { content: attr(data-label); display: block; color: var(--quiet); font-size: 16px; margin-top: 8px; }
}
`;
