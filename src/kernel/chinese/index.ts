import { machinePhrases, machineSentences } from "./machine";
import { phrases, sentences } from "./sentences";
import { translator } from "./translator";

/** The Chinese of a sentence of the kernel's or of what cells call; any other sentence as it is. */
export const chineseOf = translator({ ...sentences, ...machineSentences }, { ...phrases, ...machinePhrases });
