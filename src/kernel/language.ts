import { speakChinese } from "../runtime/readerswords";

/** What a reader is told is told in Chinese or in English: by this variable, or by the machine's own setting. */
const variable = "TSLAB_GRADIENTS_LANGUAGE";

/** Whether the reader of this process reads Chinese, by POSIX's variables or, where these are not used, the system's. */
export function readsChinese(env = process.env, platform: NodeJS.Platform = process.platform): boolean {
  const set = env[variable] || env.LC_ALL || env.LC_MESSAGES || env.LANG;
  if (!set && ["win32", "darwin"].includes(platform))
    return Intl.DateTimeFormat().resolvedOptions().locale.startsWith("zh");
  const isPlain = !set || /^(C|POSIX)\b/.test(set);
  const wanted = (!isPlain && !env[variable] && env.LANGUAGE) || set || env.LANGUAGE || "";
  return wanted.toLowerCase().startsWith("zh");
}

/** From now on the kernel speaks the reader's language. */
export function speakReadersLanguage(): void {
  if (!readsChinese()) return;
  speakChinese((sentence) => {
    // Loaded with the first sentence: most kernels say none.
    const { chineseOf } =
      require("./chinese/machinesentences") as typeof import("./chinese/machinesentences");
    return chineseOf(sentence);
  });
}
