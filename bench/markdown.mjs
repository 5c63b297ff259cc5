// @ts-check
// What a README shows of a run, in both languages: the picture with its alternative text, a table a group, the machine.
import { altText, curvesOf } from "./curves.mjs";
import { groups } from "./groups.mjs";
import { growthNames } from "./growth.mjs";
import { machineText } from "./machine.mjs";
import { picturePath, pictureWidth } from "./picture.mjs";
import { line, quantity, range } from "./table.mjs";
import { words } from "./words.mjs";

/** @param {import("./run.mjs").Run} run */
export function markdown(run) {
  return /** @type {const} */ (["en", "zh"]).map((language) => inLanguage(run, language)).join("\n\n");
}

/**
 * @param {import("./run.mjs").Run} run
 * @param {import("./words.mjs").Language} language
 */
function inLanguage({ rows, rounds, machine }, language) {
  const { heading, beside, between, fails, stop } = words[language];
  const titles = heading(rounds);
  const top = [line(titles), line(titles.map(() => "---"))];
  const tables = Object.values(groups).flatMap(({ names }) => {
    const lines = rows
      .filter(({ name }) => names.includes(name))
      .map(({ title, unit, ours, theirs, peer, besides, ratio, spread }) => {
        const said = (/** @type {number | null} */ value) => (value === null ? fails : quantity(value, unit));
        const others = Object.entries(besides).map(([name, { median }]) => beside(name, said(median)));
        return line([
          title[language],
          said(ours.median),
          [beside(peer, said(theirs.median)), ...others].join(between),
          ratio === null ? "–" : ratio.toFixed(2),
          range(spread),
        ]);
      });
    return lines.length === 0 ? [] : [[...top, ...lines].join("\n")];
  });
  const whole = growthNames.every((name) => rows.some((row) => row.name === name));
  return [
    ...(whole ? [picture(altText(curvesOf(rows), language), language)] : []),
    ...tables,
    machineText(machine, language) + stop,
  ].join("\n\n");
}

/**
 * @param {string} alt
 * @param {import("./words.mjs").Language} language
 */
function picture(alt, language) {
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${picturePath(language, "dark")}">
  <img src="${picturePath(language, "light")}" width="${pictureWidth}" alt="${alt}">
</picture>`;
}
