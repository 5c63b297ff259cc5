// @ts-check
// The rows as a table for a terminal, which is Markdown too.

/**
 * @param {number | null} value
 * @param {"s" | "B"} unit
 * @returns {string}
 */
export function quantity(value, unit) {
  if (value === null) return "fails";
  if (unit === "B") return value < 1e9 ? `${digits(value / 1e6)} MB` : `${digits(value / 1e9)} GB`;
  return value < 1 ? `${digits(value * 1000)} ms` : `${digits(value)} s`;
}

/**
 * So many digits, and no exponent.
 * @param {number} value
 */
export function digits(value, count = 3) {
  const written = value.toPrecision(count);
  return written.includes("e") ? String(Number(written)) : written;
}

/** @param {[number, number] | null} spread */
export function range(spread) {
  return spread === null ? "" : `${spread[0].toFixed(2)}–${spread[1].toFixed(2)}`;
}

/** @param {import("./row.mjs").Row[]} rows */
export function table(rows) {
  const lines = rows.map(
    ({ name, title, unit, ours, theirs, peer, besides, ratio, spread, most, passes }) => {
      const beside = Object.entries(besides).flatMap(([other, { median }]) =>
        median === null ? [] : [`${other} ${quantity(median, unit)}`],
      );
      return line([
        name,
        title.en,
        quantity(ours.median, unit),
        [`${peer} ${quantity(theirs.median, unit)}`, ...beside].join(", "),
        ratio === null ? "–" : `${ratio.toFixed(2)} ×`,
        range(spread),
        most === null ? "" : `at most ${most} ×`,
        most === null && passes ? "" : passes ? "yes" : "no",
      ]);
    },
  );
  const heading = ["Name", "What", "Ours", "Beside it", "Ratio", "Over the rounds", "Aim", "Met"];
  return [line(heading), line(heading.map(() => "---")), ...lines].join("\n");
}

/** @param {string[]} cells */
export function line(cells) {
  return `| ${cells.join(" | ")} |`;
}
