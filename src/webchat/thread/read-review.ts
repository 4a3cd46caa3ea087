import type { Line, LineButton } from '../../channels/web/contract.ts';

const edits = (line: Line): LineButton[] => line.buttons.flat().filter(({ tap }) => tap.startsWith('e:'));

/** A review shows what was answered, with a button to edit each line of it. */
export const isReview = (line: Line): boolean => edits(line).length > 1;

interface Answer {
  edit: LineButton;
  value: string;
}

/** The review's text taken apart: the words around it, and each answer with the button that edits it. */
export function readReview(line: Line): { before: string[]; answers: Answer[]; after: string[] } {
  const before: string[] = [];
  const after: string[] = [];
  const answers: Answer[] = [];
  let left = edits(line);
  let rest = false;
  for (const row of line.text.split('\n')) {
    const edit = left.find(({ label }) => row.startsWith(label) && /^\s*[:：]/.test(row.slice(label.length)));
    const last = answers[answers.length - 1];
    if (edit) {
      left = left.filter((one) => one !== edit);
      answers.push({ edit, value: row.slice(edit.label.length).replace(/^\s*[:：]\s*/, '') });
    } else if (!last) before.push(row);
    else if (left.length > 0 && !rest && row !== '') last.value = `${last.value}\n${row}`;
    else {
      rest = true;
      after.push(row);
    }
  }
  return { before, answers, after };
}
