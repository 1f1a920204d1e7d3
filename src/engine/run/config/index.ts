/** What other rooms may use of the configuration. Apart from `run` itself: most runs have none, and need not load it. */
export { compileGlob } from "./glob.ts";
export { ConfigError, type ConfigMistake } from "./mistakes.ts";
export { configSchema, SCHEMA_URL, type Schema } from "./schema.ts";
export { CONFIG_NAME } from "./name.ts";
export { findConfig, loadSettings } from "./settings.ts";
