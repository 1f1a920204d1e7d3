/** The name of configuration files, apart from what reads them: most runs only need to see that there are none. */

/** The name of a configuration file. */
export const CONFIG_NAME = ".tappaas-lint.json";
