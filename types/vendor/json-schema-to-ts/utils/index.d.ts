export type { $Compiler, Compiler, $Validator, Validator } from "./type-guards";
export { wrapCompilerAsTypeGuard, wrapValidatorAsTypeGuard, } from "./type-guards";
export { asConst } from "./asConst";
