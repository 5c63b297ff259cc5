import { neutrals } from "./palette";

const toDark = new Map<string, string>(Object.values(neutrals).map(({ light, dark }) => [light, dark]));

/** The same figure on a dark page: the neutral colours are exchanged, the models' stay. */
export function darkFigure<F>(figure: F): F {
  if (typeof figure === "string") return (toDark.get(figure) ?? figure) as F;
  if (Array.isArray(figure)) return figure.map(darkFigure) as F;
  if (typeof figure !== "object" || figure === null) return figure;
  return Object.fromEntries(
    Object.entries(figure).map(([key, value]) => [key, darkFigure<unknown>(value)]),
  ) as F;
}
