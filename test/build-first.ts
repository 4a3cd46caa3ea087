import { build, isBuilt } from '../src/cli/build.mjs';

/** Tests of the whole see what a clean clone's `npm start` would build. */
export default function buildFirst(): void {
  if (!isBuilt()) build();
}
