import { mergeConfig } from "vitest/config";
import config from "../../vitest.long.config.mjs";

/** The soak test at its full length. */
export default mergeConfig(config, { test: { env: { SOAK_CYCLES: "500" } } });
