import { Fault } from '../fault.ts'

/** A folder that cannot be used, as a sentence; anything else as it is. */
export function folderFault(path: string, fault: unknown): unknown {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  if (code === 'ENOSPC') return new Fault(`The disk that holds ${path} is full. Make room, then start again.`)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return new Fault(`The folder ${path} cannot be made or written to. Set DATA_DIR to a folder of your own.`)
  }
  return fault
}

/** What PostgreSQL said when it did not start, as a sentence for whoever started it. */
export function startSentence(log: string, dataDirectory: string): string {
  if (/no space left on device/i.test(log))
    return `The disk that holds ${dataDirectory} is full. Make room, then start again.`
  if (/permission denied|has wrong ownership|invalid permissions/i.test(log)) {
    return (
      `PostgreSQL may not use the folder ${dataDirectory}: it belongs to another account. ` +
      'Start Peelian as the account that made it, or set DATA_DIR to a folder of your own.'
    )
  }
  if (/database files are incompatible with server/i.test(log)) {
    return (
      `The data in ${dataDirectory} was written by another version of PostgreSQL. ` +
      'Write a backup with the version of Peelian that made it (npx peelian backup FILE), ' +
      'then set DATA_DIR to a new folder and restore it (npx peelian restore FILE).'
    )
  }
  const last =
    log
      .trim()
      .split('\n')
      .findLast(line => /FATAL|PANIC|error:/.test(line)) ?? 'it gave no reason'
  return `PostgreSQL did not start on ${dataDirectory}: ${last.replace(/^.*(FATAL|PANIC|error): */, '')}.`
}
