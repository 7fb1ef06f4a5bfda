#!/usr/bin/env node
// npm test: installs what is missing, then runs every check and every test.
import { runOnNode26 } from './run.mjs'

runOnNode26('tests/run.ts', process.argv.slice(2))
