import { type ReactNode, useId } from 'react';
import type { Failed } from '../api/problem.ts';

interface Ids {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  status: 'error' | '';
}

interface FieldShape {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  optional?: string;
  children: (ids: Ids) => ReactNode;
}

/** A label over its field, with help and what is wrong below, tied together for a screen reader. */
export function Field({ label, help, error, optional, children }: FieldShape) {
  const id = useId();
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="quiet"> {optional}</span>}
      </label>
      {help && (
        <p id={`${id}-help`} className="quiet">
          {help}
        </p>
      )}
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined, status: error ? 'error' : '' })}
      {error && (
        <p id={`${id}-error`} className="wrong">
          {error}
        </p>
      )}
    </div>
  );
}

/** What the server says of one field: its JSON pointer is `/name`. */
export const errorAt = (failed: Failed | undefined, pointer: string): string | undefined =>
  failed?.problem?.errors?.find((each) => each.pointer === pointer || each.pointer.endsWith(pointer))?.message;
