/** True where dist/ holds what src/ and locales/ now say. */
export function isBuilt(): boolean;
/** Builds everything, or one part (`server`, `webchat`, `console`); throws where a part fails. */
export function build(only?: string): void;
