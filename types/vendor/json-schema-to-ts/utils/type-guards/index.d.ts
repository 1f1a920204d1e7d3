export type { $Compiler, Compiler } from "./compiler";
export { wrapCompilerAsTypeGuard } from "./compiler";
export type { $Validator, Validator } from "./validator";
export { wrapValidatorAsTypeGuard } from "./validator";
