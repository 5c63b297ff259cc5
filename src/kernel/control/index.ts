export { type Button, button } from "./button";
export { type CheckboxOptions, checkbox } from "./checkbox";
export type { Control, ControlOptions } from "./control";
export { type DropdownOptions, dropdown } from "./dropdown";
export { type Group, column, row } from "./group";
export { type NumberOptions, number } from "./number";
export { type SliderOptions, floatSlider, intSlider } from "./slider";
export type { Widget } from "./widget";
