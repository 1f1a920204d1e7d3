/** Arithmetic on paths of the tree, without a file system. */
/** Normalises `.` and `..`; a path that leaves its start keeps its leading `..`. */
export declare function normalise(path: string): string;
/** The folder of a path; `""` for the root. */
export declare function folderOf(path: string): string;
/** The last part of a path. */
export declare function baseName(path: string): string;
/** Joins a folder of the tree and a path written in one of its files. */
export declare function join(folder: string, path: string): string;
/** Whether a normalised path relative to the root leads out of it. */
export declare function isOutside(path: string): boolean;
