// @ts-check
// Where Windows and macOS differ from Linux, each difference a function of the platform. Folders have rules of their own:
// paths.mjs (the cache) and jupyterkernels.mjs (Jupyter's); processes are in processes.mjs.
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/**
 * The Python of a virtual environment, and where it keeps its programs.
 * @param {string} venv
 */
export function venvLayout(venv, platform = process.platform) {
  const programs = join(venv, platform === "win32" ? "Scripts" : "bin");
  return { programs, python: join(programs, platform === "win32" ? "python.exe" : "python") };
}

/** How a Python may be called, in the order in which they are tried. @returns {string[][]} */
export function pythonCommands(platform = process.platform) {
  const versions = ["python3.13", "python3.12", "python3.11", "python3.10"].map((name) => [name]);
  // Windows names no versions, and "python3" may be a stub that leads to a shop; its launcher knows what is installed.
  return platform === "win32"
    ? [["py", "-3"], ["python"], ["python3"]]
    : [...versions, ["python3"], ["python"]];
}

/** The variables that name the folder for temporary files, the first one first. */
export function temporaryVariables(platform = process.platform) {
  return platform === "win32" ? ["TEMP", "TMP"] : ["TMPDIR", "TMP", "TEMP"];
}

/** The variable that names the home folder. */
export function homeVariable(platform = process.platform) {
  return platform === "win32" ? "USERPROFILE" : "HOME";
}

/** What may stand after a program's name on the PATH. */
export function programEndings(platform = process.platform) {
  return platform === "win32" ? ["", ".exe", ".cmd", ".bat"] : [""];
}

/** Where npm keeps what it fetched; it tells its scripts, and us. */
export function npmCache(env = process.env, platform = process.platform) {
  if (env.npm_config_cache) return env.npm_config_cache;
  const isWindows = platform === "win32" && env.LOCALAPPDATA;
  return isWindows ? join(isWindows, "npm-cache") : join(homedir(), ".npm");
}

/**
 * Where npm's own program may lie: beside the npm that called us, or beside this Node; on Windows beside each npm on the
 * PATH too, since what is called there is a batch file, which Node starts with a shell alone.
 * @param {string} node
 */
export function npmPrograms(env = process.env, node = process.execPath, platform = process.platform) {
  const name = "npm-cli.js";
  const below = join("node_modules", "npm", "bin", name);
  const folders = platform === "win32" ? (env.PATH ?? "").split(delimiter).filter(Boolean) : [];
  return [
    ...(env.npm_execpath ? [join(dirname(env.npm_execpath), name)] : []),
    join(dirname(node), below),
    join(dirname(node), "..", "lib", below),
    ...folders.map((folder) => join(folder, below)),
  ];
}

/** Where a browser that prints may lie. */
export function browserPlaces(env = process.env, platform = process.platform) {
  if (platform === "win32") {
    const folders = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    // Edge comes with Windows.
    const names = [
      join("Google", "Chrome", "Application", "chrome.exe"),
      join("Chromium", "Application", "chrome.exe"),
    ];
    return [...names, join("Microsoft", "Edge", "Application", "msedge.exe")].flatMap((name) =>
      folders.map((folder) => join(folder, name)),
    );
  }
  if (platform === "darwin") {
    const folders = ["/Applications", join(homedir(), "Applications")];
    return ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((name) =>
      folders.map((folder) => join(folder, `${name}.app`, "Contents", "MacOS", name)),
    );
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * The machine's C++ compilers that the addons may be compiled with, in the order in which they are tried.
 * @param {string | undefined} named the user's own, in CXX
 * @param {boolean} hasTools whether a Mac has Apple's tools: without them it has stubs, which open a window that offers them
 * @returns {string[][]}
 */
export function compilers(named, hasTools, platform = process.platform) {
  const own = named?.split(" ").filter(Boolean) ?? [];
  const usual = platform === "darwin" && !hasTools ? [] : [["c++"], ["g++"], ["clang++"]];
  // The kernels are written for GCC's and Clang's vectors, which Microsoft's compiler lacks; and MinGW's GCC puts those
  // of AVX at addresses where they must not be. So Windows gets the compiler that is fetched.
  return platform === "win32" ? [] : [...(own.length > 0 ? [own] : []), ...usual];
}

/** What LLVM's tools call this processor, for Windows. @type {Partial<Record<NodeJS.Architecture, string>>} */
const machines = { x64: "i386:x86-64", arm64: "arm64" };

/**
 * How an addon is to be linked whose functions of Node are there once Node has loaded it. Windows wants to know
 * beforehand which program has them: a library of their names alone, which a tool makes of a list.
 * @param {string} folder that may hold that library
 * @param {string} names the list
 * @returns {{ flags: string[], made?: string[] }} the tool's arguments, where there is something to make
 */
export function addonLinking(folder, names, platform = process.platform, arch = process.arch) {
  if (platform === "darwin") return { flags: ["-undefined", "dynamic_lookup"] };
  if (platform !== "win32") return { flags: ["-pthread"] };
  const library = join(folder, "node.lib");
  const made = ["-m", machines[arch] ?? arch, "-D", "node.exe", "-d", names, "-l", library];
  return { flags: [library], made };
}
