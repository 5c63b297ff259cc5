export { GELU } from "./gelu";
export { LayerNorm, type LayerNormOptions } from "./layernorm";
export { Linear } from "./linear";
export { ModuleList } from "./list";
export { MSELoss } from "./loss";
export { Module } from "./module";
export { Parameter } from "./parameter";
export { Sequential } from "./sequential";
