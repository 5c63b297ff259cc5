// TypeScript 6 reads no @types by itself: so a cell in an editor knows Node, whatever project it thinks the cell is in.
/// <reference types="node" preserve="true" />
import { startTensorflow } from "./tensorflow";
import "./kernel/figurepictures";
import { defaultGenerator } from "./nn/random";

startTensorflow();
// Layers that nobody seeds start anywhere, every time.
defaultGenerator.seed();

export * as tf from "@tensorflow/tfjs-core";
export type { Tensor } from "@tensorflow/tfjs-core";
export { type Backend, getBackend, setBackend } from "./tensorflow";
export * from "./library";
