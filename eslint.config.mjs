import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".venv/", ".venv-torch/", "notebooks/"] },
  ...tseslint.configs.strict,
  {
    rules: {
      eqeqeq: ["error", "always"],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      // Typed arrays and checked lengths: the index is known to be there where `!` says so.
      "@typescript-eslint/no-non-null-assertion": "off",
      // CommonJS: a backend, or a font's file, is looked up only when it is needed.
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
);
