export type Theme = "auto" | "light" | "dark";
const themes: readonly Theme[] = ["auto", "light", "dark"];
const key = "tslab-gradients-theme";
const media = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "auto";
}

/** Whether the page is dark now. */
export function isDark(): boolean {
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
