export type Theme = "auto" | "light" | "dark";
const themes: readonly Theme[] = ["auto", "light", "dark"];
const key = "tslab-gradients-theme";
const media = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "auto";
}

let isOnPaper = false;

/** While the page is printed it is light. */
export function setOnPaper(given: boolean): void {
  if (isOnPaper === given) return;
  isOnPaper = given;
  for (const changed of listeners) changed();
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  if (isOnPaper) return false;
  const theme = currentTheme();
  return theme === "auto" ? media.matches : theme === "dark";
}

/** The next theme of the three, kept for the next visit where the browser allows it. */
export function nextTheme(): Theme {
  const theme = themes[(themes.indexOf(currentTheme()) + 1) % themes.length]!;
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Some browsers keep nothing for files.
  }
  for (const changed of listeners) changed();
  return theme;
}

export function onThemeChange(changed: () => void): void {
  listeners.add(changed);
  media.addEventListener("change", changed);
}
