export type { DeserializationPattern } from "./deserializationPattern";
export type { JSONSchema, JSONSchemaType, JSONSchemaReference, } from "./jsonSchema";
export type { FromSchemaOptions, FromExtendedSchemaOptions, FromSchemaDefaultOptions, } from "./fromSchemaOptions";
export type { JSONSchemaExtension, ExtendedJSONSchema, ExtendedJSONSchemaReference, UnextendJSONSchema, } from "./extendedJsonSchema";
