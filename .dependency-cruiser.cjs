/** Imports point one way: nn <- figures <- runtime <- controls <- kernel <- page, export <- cli; lab and setup stand apart. */
const above = {
  nn: "^src/(?!nn/)",
  tensorflow: "^src/(?!tensorflow/|nn/)",
  figures: "^src/(?!figures/|nn/)",
  runtime: "^src/(?!runtime/|figures/|nn/)",
  controls: "^src/(?!controls/|runtime/|figures/|nn/)",
  kernel: "^src/(?!kernel/|controls/|runtime/|figures/|nn/|tensorflow/)",
  explorer: "^src/(?!explorer/|figures/|nn/|tensorflow/)",
  lab: "^src/(?!lab/|figures/|runtime/stalecells\\.ts$|export/formats\\.ts$|page/(pagewords|cell/(numberhandles|literals))\\.ts$)",
  page: "^src/(?!page/|explorer/element\\.ts$|kernel/|controls/|runtime/|figures/|nn/|tensorflow/|library\\.ts$)",
  export: "^src/(?!export/|page/(pagewords|pagecontent)\\.ts$|kernel/|runtime/|figures/|nn/)",
  command: "^src/(?!command/|export/|nn/|tensorflow/|figures/|kernel/|runtime/)",
  setup: "^src/(?!setup/|(lab|page|figures/still)/bundle\\.mjs)",
};

module.exports = {
  forbidden: [
    ...Object.entries(above).map(([folder, path]) => ({
      name: `${folder}-imports-one-way`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path },
    })),
    {
      name: "pure-in-the-browser",
      comment: "nn, the figures (but for the still ones), the runtime and the lab run in a browser too",
      severity: "error",
      from: {
        path: "^src/(nn|figures|runtime|explorer|lab|page)/|^src/library\\.ts$",
        pathNot: "^src/figures/still/|\\.mjs$",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "still-figures-in-node-alone",
      severity: "error",
      from: { path: "^src/(nn|runtime|lab|figures)/", pathNot: "^src/figures/still/" },
      to: { path: "^src/figures/still/" },
    },
    {
      name: "kernel-without-tensorflow",
      comment: "the cells' package may be another copy, and one process has one TensorFlow.js",
      severity: "error",
      from: { path: "^src/(runtime|controls|kernel/(front|engine|cells))/" },
      to: { path: "@tensorflow/", reachable: true },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "set-up-before-npm",
      comment: "the set-up runs before anything is installed",
      severity: "error",
      from: { path: "^src/setup/", pathNot: "/(kernel|trials)\\.mjs$" },
      to: { dependencyTypesNot: ["core", "local"], pathNot: "^src/|^esbuild|node_modules/esbuild" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
