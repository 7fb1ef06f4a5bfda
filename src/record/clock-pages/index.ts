import type { ModuleDescription } from '../description.ts'
import { feedRoute } from '../reminders/calendar-feed.ts'
import { accountRoutes } from './account-pages.ts'
import { calendarRoutes } from './calendars-pages.ts'
import { clockPermissions } from './permissions.ts'
import { reminderRoutes } from './reminder-pages.ts'
import { settingRoutes } from './settings-pages.ts'

/** What people set about deadlines: lengths, calendars, reminders, and each their own. */
export const clockSettings: ModuleDescription = {
  name: 'clocks',
  kinds: [],
  permissions: clockPermissions,
  workspace: [...settingRoutes, ...calendarRoutes, ...reminderRoutes, ...accountRoutes],
  keyed: [feedRoute],
  public: [],
}
