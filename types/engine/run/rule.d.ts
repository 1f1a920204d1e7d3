/** The rule contract: what a rule says about itself, what it gets to see, and what it hands back. */
import type { FromSchema, JSONSchema } from "../../vendor/json-schema-to-ts/index.js";
import type { ModuleJson } from "../domain/module-json.js";
import type { At, Configuration, Project, Script, SourceFile } from "../model/index.js";
import type { Before } from "./base.js";
import type { FixKind, MakeFix } from "./fixes/operations.js";
import type { Role, Severity } from "./result.js";
import type { BrokenSuppression, Suppression } from "./suppressions.js";
/** The folders that rules stand in, in the order in which `rules.md` shows them; `own` are those of the project that is linted. */
export declare const THEMES: readonly ["structure", "baseline", "firewall", "secrets", "backups", "containers", "units", "flakes", "own"];
export type Theme = (typeof THEMES)[number];
/** Message templates by id; `{name}` is filled in from a problem's data. */
export type Messages = Readonly<Record<string, string>>;
/** The names in braces of a template. */
export type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;
/** A second place, in a file of the tree. */
export interface RelatedPlace {
    readonly at: At;
    readonly message: string;
}
type Data<T extends string> = [Placeholders<T>] extends [never] ? {
    readonly data?: undefined;
} : {
    readonly data: {
        readonly [Name in Placeholders<T>]: string | number;
    };
};
/**
 * Where a problem stands: `at` a place; or, for a lack, where the run finds it to belong: on the module, or once on the
 * baseline if everything that imports it lacks the same. `missing` names what is missing, part by part where it has parts; `near` is the thing that lacks
 * it, where a part of it exists.
 */
type Where = {
    readonly at: At;
    readonly missing?: undefined;
    readonly near?: undefined;
} | {
    readonly missing: string | readonly string[];
    readonly near?: At;
    readonly at?: undefined;
};
/** A violation as a rule hands it back: a declared message id with just the data that its template asks for. */
export type Problem<M extends Messages = Messages> = {
    [Id in keyof M & string]: {
        readonly message: Id;
    } & Data<M[Id]> & Where & {
        readonly related?: readonly RelatedPlace[];
        /** Weighs less (or more) than the rule's own severity. */
        readonly severity?: Severity;
        /** What mends it; absent where nothing can be trusted to. */
        readonly fix?: MakeFix | undefined;
    };
}[keyof M & string];
/** What a rule about one file sees. */
export interface FileContext<O> {
    readonly file: SourceFile;
    readonly role: Role;
    readonly project: Project;
    readonly options: O;
}
/** What a rule about a configuration sees. */
export interface ConfigurationContext<O> {
    readonly config: Configuration;
    /** The file that stands for the configuration: the system, or the baseline or fragment judged by itself. */
    readonly entry: SourceFile;
    readonly role: "system" | "baseline" | "fragment";
    /** A linted flake builds it, so that deployment does not copy single files. */
    readonly isFlakeBuilt: boolean;
    /** The module's JSON beside the entry, where there is one that can be read. */
    readonly json: ModuleJson | null;
    /** Every shell script of the configuration with what it does; read when first asked for. */
    readonly scripts: readonly Script[];
    /** How many systems of this run a file is part of. */
    readonly systemsWith: (file: SourceFile) => number;
    /** What it was in the base revision of git; null where it is new, nothing of it has changed, or there is no base. */
    readonly before: Before | null;
    readonly project: Project;
    readonly options: O;
}
/** What a rule about suppressions sees. */
export interface SuppressionContext<O> {
    readonly file: SourceFile;
    readonly suppressions: readonly Suppression[];
    readonly broken: readonly BrokenSuppression[];
    /** Suppressions, by identity, that kept a finding back. */
    readonly used: ReadonlyMap<Suppression, ReadonlySet<string>>;
    /** Ids of all rules there are, and of those that took part in this run. */
    readonly known: ReadonlySet<string>;
    readonly ran: ReadonlySet<string>;
    readonly requireReasons: boolean;
    readonly options: O;
}
/**
 * A module as an example. `⟦` and `⟧` stand around the places that are reported, in the order of `says`; they are not part
 * of the text. `files` are further files beside it (the module's own name is `example.nix`).
 */
export interface BadExample {
    readonly code: string;
    /** The messages, in the order in which their places stand. */
    readonly says: readonly string[];
    readonly files?: Readonly<Record<string, string>>;
    /** What the module was in the base revision. */
    readonly before?: string;
    readonly role?: Role;
    readonly options?: Readonly<Record<string, unknown>>;
}
export interface GoodExample {
    readonly code: string;
    readonly before?: string;
    readonly files?: Readonly<Record<string, string>>;
    readonly role?: Role;
    readonly options?: Readonly<Record<string, unknown>>;
}
/** What a rule says about itself. */
export interface RuleDocs {
    /** The convention in one line, as an instruction without a full stop ("Harden SSH"). */
    readonly title: string;
    /** The convention in full, Markdown, one paragraph. */
    readonly convention: string;
    /** Where the handbook (or the security review list) states it, as a short quotation or heading. */
    readonly handbook: string;
    /** What goes wrong otherwise, Markdown. */
    readonly why: string;
    readonly bad: readonly [BadExample, ...BadExample[]];
    readonly good: readonly [GoodExample, ...GoodExample[]];
}
interface Common<M extends Messages, S extends OptionsSchema> {
    /** kebab-case; also the name of its file, its fixtures' folder and its heading in `rules.md`. */
    readonly id: string;
    readonly theme: Theme;
    readonly severity: Severity;
    readonly fix: FixKind | null;
    /** A score above 0 (as CVSS) for rules about security. */
    readonly security?: number;
    /** What it marks are secrets: reports show the places without the text. */
    readonly marksSecrets?: true;
    /** It looks at what the configuration was in the base revision, which takes time to read. */
    readonly comparesWithBase?: true;
    /** A configuration asks for it: it is off for every file that has no setting for it. */
    readonly isRequirement?: true;
    /** The plugin that it comes from, as its user calls it. */
    readonly plugin?: string;
    /** Where its documentation stands on the web, if not in `rules.md`. */
    readonly url?: string;
    readonly docs: RuleDocs;
    readonly messages: M;
    /** JSON schema of the options: an object whose properties all have a `description` and a `default`. */
    readonly options?: S;
}
/** Options are flat objects; every property has a default, so that a rule always sees all of them. */
export type OptionsSchema = JSONSchema & {
    readonly type: "object";
    readonly properties: Readonly<Record<string, JSONSchema>>;
    readonly additionalProperties: false;
};
type Options<S> = [S] extends [never] ? Record<string, never> : S extends OptionsSchema ? Required<FromSchema<S>> : Record<string, never>;
type Found<M extends Messages> = Iterable<Problem<M>>;
type FileRule<M extends Messages, S extends OptionsSchema> = Common<M, S> & {
    readonly scope: "file";
    readonly roles: readonly Role[];
    readonly check: (context: FileContext<Options<S>>) => Found<M>;
};
type ConfigurationRule<M extends Messages, S extends OptionsSchema> = Common<M, S> & {
    readonly scope: "configuration";
    readonly roles: readonly ("system" | "baseline" | "fragment")[];
    readonly check: (context: ConfigurationContext<Options<S>>) => Found<M>;
};
type SuppressionRule<M extends Messages, S extends OptionsSchema> = Common<M, S> & {
    readonly scope: "suppressions";
    readonly roles: readonly Role[];
    readonly check: (context: SuppressionContext<Options<S>>) => Found<M>;
};
/** A rule as the run sees it: its messages and options are checked where it is defined. */
export type Rule = Common<Messages, OptionsSchema> & ({
    readonly scope: "file";
    readonly roles: readonly Role[];
    readonly check: (context: FileContext<Record<string, unknown>>) => Iterable<AnyProblem>;
} | {
    readonly scope: "configuration";
    readonly roles: readonly ("system" | "baseline" | "fragment")[];
    readonly check: (context: ConfigurationContext<Record<string, unknown>>) => Iterable<AnyProblem>;
} | {
    readonly scope: "suppressions";
    readonly roles: readonly Role[];
    readonly check: (context: SuppressionContext<Record<string, unknown>>) => Iterable<AnyProblem>;
});
/** A problem whose message id has been checked already. */
export type AnyProblem = {
    readonly message: string;
    readonly data?: Readonly<Record<string, string | number>> | undefined;
} & Where & {
    readonly related?: readonly RelatedPlace[];
    readonly severity?: Severity;
    readonly fix?: MakeFix | undefined;
};
/** Roles with a configuration that can be judged as a whole. */
export declare const JUDGED: readonly ["system", "baseline"];
/** Roles whose definitions can be judged. */
export declare const MODULES: readonly ["system", "baseline", "fragment"];
/** Every role. */
export declare const ALL_ROLES: readonly ["system", "baseline", "fragment", "flake", "package"];
/** Defines a rule; a message id or data that do not fit its templates do not compile. */
export declare function defineRule<const M extends Messages, const S extends OptionsSchema = never>(rule: FileRule<M, S> | ConfigurationRule<M, S> | SuppressionRule<M, S>): Rule;
/** Fills a template. */
export declare function fillIn(template: string, data: Readonly<Record<string, string | number>> | undefined): string;
/** The options of a rule with their defaults, overlaid with what a configuration gives. */
export declare function optionsOf(rule: Rule, given: Readonly<Record<string, unknown>> | undefined): Record<string, unknown>;
export {};
