/** A second tap in the same place counts for nothing: by then another button may stand there. */
export const oneTap = (act: () => void) => (event: MouseEvent) => {
  if (event.detail <= 1) act();
};
