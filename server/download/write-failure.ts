import { InputError } from '../errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file of that name is in the way',
  EISDIR: 'a folder of that name is in the way',
};

/** A failure to write into a folder as an `InputError` that says what to look at; anything else as it is. */
export function asWriteFailure(error: unknown, folder: string): unknown {
  const reason = reasons[(error as NodeJS.ErrnoException)?.code ?? ''];
  if (reason === undefined || error instanceof InputError) return error;
  return new InputError(`cannot write in ${folder}: ${reason}; see to it, or give another folder with --into`, {
    cause: error,
  });
}
