#!/usr/bin/env node
import { runOnNode26 } from './run.mjs'

runOnNode26('src/cli.ts', process.argv.slice(2))
