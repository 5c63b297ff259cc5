// @ts-check
// What `npm run bench` is asked for.
import { parseArgs } from "node:util";
import { allNames, groups } from "./groups.mjs";
import { growthNames } from "./growth.mjs";

/**
 * @typedef {object} Asked
 * @property {string[]} names of the rows
 * @property {number} rounds
 * @property {"table" | "json" | "markdown"} form what is printed
 * @property {string | undefined} out a file for the measurements as JSON
 * @property {string | undefined} from a file of an earlier run's measurements, instead of measuring
 * @property {boolean} picture whether the growth curves are drawn into docs/
 */

const usage =
  "[NAME…] [--only NAME]… [--rounds N | --from FILE] [--json | --markdown] [--out FILE] [--picture]";

/** Something asked for that there is not; its message is a sentence. */
export class Refusal extends Error {}

/**
 * @param {string[]} argv
 * @returns {Asked}
 * @throws Refusal
 */
export function readArguments(argv) {
  const { values, positionals } = parsed(argv);
  const { rounds = "3", only = [], json = false, markdown = false, picture = false, out, from } = values;
  const names = wantedNames([...positionals, ...only]);
  if (!/^[1-9]\d{0,3}$/.test(rounds))
    throw new Refusal(`--rounds is ${rounds}; expected a whole number from 1 to 9999.`);
  if (from !== undefined && values.rounds !== undefined)
    throw new Refusal("--rounds and --from were both given; expected one: what was measured has its rounds.");
  if (json && markdown) throw new Refusal("--json and --markdown were both given; expected one of them.");
  const missing = picture && growthNames.find((name) => !names.includes(name));
  if (missing) throw new Refusal(`The picture lacks ${missing}; expected all rows of growth with --picture.`);
  const form = json ? "json" : markdown ? "markdown" : "table";
  return { names, rounds: Number(rounds), form, out, from, picture };
}

/** @param {string[]} argv */
function parsed(argv) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        only: { type: "string", multiple: true },
        rounds: { type: "string" },
        json: { type: "boolean" },
        markdown: { type: "boolean" },
        picture: { type: "boolean" },
        out: { type: "string" },
        from: { type: "string" },
      },
    });
  } catch (error) {
    // Node's message goes on with advice.
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/, 1);
    throw new Refusal(`${first}; expected ${usage}.`);
  }
}

/**
 * The rows that these names stand for, in the order of the groups; all where there are none.
 * @param {string[]} asked
 */
function wantedNames(asked) {
  const unknown = asked.find((name) => !Object.hasOwn(groups, name) && !allNames.includes(name));
  if (unknown !== undefined)
    throw new Refusal(
      `${JSON.stringify(unknown)} is no benchmark; expected a group (${Object.keys(groups).join(", ")}) or a row's name, such as ${allNames[0]}.`,
    );
  return Object.entries(groups).flatMap(([group, { names }]) =>
    asked.length === 0 || asked.includes(group) ? names : names.filter((name) => asked.includes(name)),
  );
}
