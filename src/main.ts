import type { Command } from './platform/commands/command.ts'
import { serve } from './platform/serve.ts'
import type { Services } from './platform/services.ts'
import { londonDate } from './platform/time.ts'

/** In a demonstration anyone may be one of the sample users; elsewhere nobody is told who may sign in. */
async function whoCanSignIn({ program, demo, configuration, now }: Services): Promise<string[]> {
  const signIn = `Sign in at ${configuration.baseUrl}/workspace`
  if (!demo) return [signIn]
  const { demonstrationUsers } = await import('./platform/access/demonstration.ts')
  const users = await demonstrationUsers(program, londonDate(now()))
  if (users.length === 0) return [signIn]
  const lines = users.map(({ name, places }) => {
    const where = places.map(({ organisation, roles }) => `${roles.join(', ')} of ${organisation}`).join('; ')
    return `  ${name}: ${where}`
  })
  return [`This is a demonstration. ${signIn} as any of these, without a password:`, ...lines]
}

/** Runs until the process is asked to stop. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve the public site and the workspace (npm start)',
  usage: [
    'npx peelian serve',
    '',
    'PORT (3000), HOST (127.0.0.1 with the embedded database) and DATA_DIR (.peelian) say where.',
    'With DATABASE_URL a PostgreSQL server is used instead of the embedded one.',
  ],
  words: [0, 0],
  endsWhenStopped: true,
  async run({ configuration, output, stopped }) {
    const { createApp } = await import('./app.ts')
    const { loadSamples } = await import('./sample/index.ts')
    const print = (line: string) => output.result(line, () => line)
    const serving = await serve(configuration(), { createApp, loadSamples, whoCanSignIn }, print, output.progress)
    await new Promise<void>(resolve => {
      if (stopped.aborted) resolve()
      else stopped.addEventListener('abort', () => resolve(), { once: true })
    })
    await serving.stop()
  },
}
