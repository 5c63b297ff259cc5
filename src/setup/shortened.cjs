// @ts-check
const { readFileSync } = require("node:fs");
const { extname } = require("node:path");

/** What only a checkout has: without it the text stays as long as it is. @type {typeof import("esbuild") | undefined} */
let esbuild;
try {
  esbuild = require("esbuild");
} catch {
  esbuild = undefined;
}

/** Nobody sees the names of TypeScript's own functions; TensorFlow.js prints those of its classes. */
const unseen = /[\\/]typescript[\\/]/;

/**
 * A module's text as a prepared process holds it: a package's without its comments and its white space, since each megabyte
 * is read at every start, and nothing beyond Latin-1, since one such character would double what the text takes. In a
 * string, in an identifier and in a comment its escape is as good.
 * @param {string} file
 */
function shortened(file) {
  const text = readFileSync(file, "utf8");
  const isOwn = extname(file) === ".json" || !/[\\/]node_modules[\\/]/.test(file);
  if (isOwn || esbuild === undefined) return escaped(text);
  return esbuild.transformSync(text, {
    charset: "ascii",
    legalComments: "none",
    minifyWhitespace: true,
    minifyIdentifiers: unseen.test(file),
  }).code;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

module.exports = { shortened };
