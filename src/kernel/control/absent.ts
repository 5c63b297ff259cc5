let said = false;

/** Says once that the controls that a cell makes are not shown here. */
export function sayAbsent(): void {
  if (said) return;
  said = true;
  console.error(
    "Controls are shown by the tslab-gradients kernel alone: here they keep their values, which code can set.",
  );
}
