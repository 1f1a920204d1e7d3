/** Says in words what the system says in codes. */

const CODES: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it does not exist",
  EACCES: "you may not read it; check its permissions",
  EPERM: "you may not read it; check its permissions",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open; raise the limit (`ulimit -n`)",
  EIO: "the disk does not answer as it should",
};

const WRITING: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  EACCES: "you may not write it, or not in its folder; check the permissions",
  EPERM: "you may not write it, or not in its folder; check the permissions",
  EROFS: "you may not write it, or not in its folder; check the permissions",
  ENOSPC: "the disk is full; make room and run it again",
  EDQUOT: "your share of the disk is used up; make room and run it again",
  EFBIG: "files may not become that large here (`ulimit -f`)",
};

/** What keeps a file from being read, without a full stop. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return CODES[code ?? ""] ?? message;
}

/** What keeps a file from being written, without a full stop. */
export function writeReasonOf(error: unknown): string {
  return WRITING[(error as NodeJS.ErrnoException).code ?? ""] ?? reasonOf(error);
}
