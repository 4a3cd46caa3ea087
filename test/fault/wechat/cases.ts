import type { CaseView } from '../../../src/http/views/case.ts';
import type { Filer } from './filer.ts';

/** What is wrong with the cases: each form filed stands once, with words that stand in no other; each addition in its case; and nobody's words in another's. */
export function casesMixedUp(residents: readonly Filer[], cases: readonly CaseView[]): string[] {
  const problems: string[] = [];
  for (const { writer, filed, added } of residents) {
    const own = cases.filter(({ reference }) => filed.includes(reference));
    const words = writer.said.flatMap(({ shows = '' }) => (shows.startsWith(writer.tag) ? [shows] : []));
    for (const { reference, answers } of own)
      if (!words.some((said) => holds(answers, said))) problems.push(`${writer.tag}: ${reference} holds nothing of what was said`);
    for (const said of words) {
      const holding = own.filter(({ answers }) => holds(answers, said));
      if (holding.length > 1) problems.push(`${writer.tag}: ${said} stands in ${holding.map(({ reference }) => reference).join()}`);
    }
    if (own.length !== filed.length) problems.push(`${writer.tag}: filed ${filed.join()}, and there are ${own.length}`);
    for (const { words: said, reference } of added) {
      const times = own.find((one) => one.reference === reference)?.messages.filter(({ text }) => text === said).length ?? 0;
      if (times !== 1) problems.push(`${writer.tag}: ${said} stands ${times} times in ${reference}`);
    }
    for (const one of own)
      for (const [tag] of wordsOf(one).matchAll(/T[0-9a-f]{10}/g))
        if (tag !== writer.tag) problems.push(`${writer.tag}: words of ${tag} in ${one.reference}`);
  }
  const known = new Set(residents.flatMap(({ filed }) => filed));
  return [...problems, ...cases.filter(({ reference }) => !known.has(reference)).map(({ reference }) => `nobody filed ${reference}`)];
}

const holds = (answers: CaseView['answers'], said: string): boolean => answers.some(({ shown }) => shown.includes(said));

const wordsOf = ({ summary, answers, messages }: CaseView): string =>
  [summary, ...answers.map(({ shown }) => shown), ...messages.flatMap(({ text, edits }) => [text, ...edits])].join('\n');
