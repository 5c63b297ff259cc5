export { type Backend, getBackend, setBackend } from "./choice";
export { startTensorflow } from "./start";
