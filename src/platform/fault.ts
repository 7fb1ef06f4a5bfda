/**
 * Something that whoever runs the program must put right: its message is one or more plain sentences that say what to
 * do. It is shown without a stack trace, and the command ends with its exit code.
 */
export class Fault extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.name = 'Fault'
    this.exitCode = exitCode
  }
}

/** A setting that is missing or wrong. */
export class ConfigurationFault extends Fault {}

/** A command that was typed wrongly; exit code 2. */
export class UsageFault extends Fault {
  constructor(message: string) {
    super(message, 2)
  }
}
