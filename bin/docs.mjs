#!/usr/bin/env node
// Writes docs/generated anew from what the modules, migrations and commands say of themselves.
import { runOnNode26 } from './run.mjs'

runOnNode26('tests/architecture/docs-generated.ts', process.argv.slice(2))
