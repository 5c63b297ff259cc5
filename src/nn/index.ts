export { GELU, ReLU, Sigmoid, Tanh } from "./activations";
export { ModuleList, Sequential } from "./containers";
export * as init from "./init";
export { LayerNorm, type LayerNormOptions } from "./layernorm";
export { Linear } from "./linear";
export { MSELoss } from "./loss";
export { Module } from "./module";
export { Parameter } from "./parameter";
