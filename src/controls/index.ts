export { type Button, button } from "./button";
export { type CheckboxOptions, type DropdownOptions, checkbox, dropdown } from "./choicecontrols";
export type { Control, ControlOptions } from "./control";
export { type NumberOptions, type SliderOptions, floatSlider, intSlider, number } from "./numbercontrols";
export { type Group, type Widget, column, row } from "./widgets";
