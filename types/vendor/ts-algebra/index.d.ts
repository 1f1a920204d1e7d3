export * as Meta from "./meta-types";
export * as M from "./meta-types";
