/** A path as TypeScript and tslab write it: with slashes on Windows too. */
export function slashed(path: string, platform: string = process.platform): string {
  return platform === "win32" ? path.replaceAll("\\", "/") : path;
}
