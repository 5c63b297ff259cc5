import { packed, unpacked } from "./scripts";

/** What readers changed of a page, as its address carries it. */
export interface Changes {
  /** The code of edited cells, by the cell's id. */
  code: { [cell: string]: string };
  /** The states of live figures, by the cell's id and the figure's number in it: see `figureKey`. */
  figures: { [figure: string]: State };
  /** Whether cells follow edits. */
  follows?: boolean;
}

/** A live figure's state, from outside: unchecked. */
export interface State {
  [field: string]: unknown;
}

/** Whether a fragment is one of these, and not a heading's. */
export function isOwn(fragment: string): boolean {
  return /^#(code|follow|figure\.[^=]*)=/.test(fragment);
}

/** Counted from 1. */
export function figureKey(cell: string, number: number): string {
  return `${cell}.${number}`;
}

/**
 * Changes as the fragment of an address: code as JSON, deflated, base64url; figures so that they can be read and edited
 * by hand, such as `#figure.cell-4.1=layerSizes:3,8,8,1;seed:7`. Empty where nothing was changed.
 */
export async function toFragment({ code, figures, follows = true }: Changes): Promise<string> {
  const parts = Object.entries(figures).map(
    ([figure, state]) => `figure.${encodeURIComponent(figure)}=${stateText(state)}`,
  );
  if (Object.keys(code).length > 0) parts.unshift(`code=${await packed(JSON.stringify(code))}`);
  if (!follows) parts.push("follow=off");
  return parts.length > 0 ? `#${parts.join("&")}` : "";
}

/** @returns null where the fragment is none of ours @throws Error where its code cannot be read */
export async function fromFragment(fragment: string): Promise<Changes | null> {
  if (!isOwn(fragment)) return null;
  const parts = fragment
    .slice(1)
    .split("&")
    .map((part) => /^([^=]*)=?(.*)$/s.exec(part)!);
  const follow = parts.find(([, name]) => name === "follow")?.[2];
  const [, , code] = parts.find(([, name]) => name === "code") ?? [];
  const figures = parts.flatMap(([, name = "", value = ""]) =>
    name.startsWith("figure.") ? [[decoded(name.slice("figure.".length)), stateOf(decoded(value))]] : [],
  );
  return {
    code: code === undefined ? {} : codeOf(JSON.parse(await unpacked(code))),
    figures: Object.fromEntries(figures) as Changes["figures"],
    ...(follow === "off" ? { follows: false } : {}),
  };
}

function codeOf(json: unknown): Changes["code"] {
  if (typeof json !== "object" || json === null) throw new Error("The fragment holds no edits.");
  return Object.fromEntries(
    Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** What may stand in an address as it is, and reads well. */
function stateText({ layerSizes, seed, gelu, input, target, shortcuts }: State): string {
  const rows = (input as number[][]).map((row) => row.map(numberText).join(",")).join("/");
  return [
    `layerSizes:${(layerSizes as number[]).join(",")}`,
    `seed:${String(seed)}`,
    `gelu:${String(gelu)}`,
    `input:${rows}`,
    `target:${numberText(target as number)}`,
    `shortcuts:${(shortcuts as boolean[]).map(Number).join("")}`,
  ].join(";");
}

function numberText(value: number): string {
  return String(value).replace("+", "");
}

/** As it was meant, right or wrong: what is wrong with it the figure says. */
function stateOf(text: string): State {
  const fields = text.split(";").filter((field) => field !== "");
  return Object.fromEntries(
    fields.map((field) => {
      const [, name = "", value = ""] = /^([^:]*):?(.*)$/s.exec(field)!;
      return [name, fieldOf(name, value)];
    }),
  );
}

function fieldOf(name: string, value: string): unknown {
  switch (name) {
    case "layerSizes":
      return value === "" ? [] : value.split(",").map(numberOf);
    case "input":
      return value.split("/").map((row) => row.split(",").map(numberOf));
    case "target":
      return numberOf(value);
    case "shortcuts":
      return [...value].map((digit) => (digit === "1" ? true : digit === "0" ? false : digit));
    default:
      return value;
  }
}

/** What is no number stays as it was written, so that it can be named. */
function numberOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
