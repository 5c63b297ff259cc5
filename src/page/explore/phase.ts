/** What a drawing shows: all of it, the forward pass up to a row, or the backward pass down to a layer. */
export type Phase = { kind: "all" } | { kind: "forward"; row: number } | { kind: "backward"; layer: number };

/** The steps of the play for so many layers: the rows forward, the loss, the layers backward. */
export function stepsOf(layers: number): Phase[] {
  const forward = Array.from({ length: layers + 1 }, (_, row): Phase => ({ kind: "forward", row }));
  const backward = Array.from({ length: layers + 1 }, (_, i): Phase => ({
    kind: "backward",
    layer: layers - i,
  }));
  return [...forward, ...backward];
}

export function showsRow(phase: Phase, row: number): boolean {
  return phase.kind !== "forward" || row <= phase.row;
}

export function showsGradient(phase: Phase, layer: number): boolean {
  return phase.kind === "all" || (phase.kind === "backward" && layer >= phase.layer);
}
