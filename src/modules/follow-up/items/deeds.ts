import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { leadChoices, meetingChoices, offered } from './choices.ts'
import { askAgain, cancelItem, closeItem, reopenItem } from './close.ts'
import {
  colourForm,
  readClosing,
  readLeadChange,
  readRedating,
  readReopening,
  reasonForm,
  reportForm,
  updateForm,
} from './forms.ts'
import type { LoadedItem } from './load.ts'
import { leadingNow } from './leads.ts'
import { addUpdate, changeDue, changeLeads, overrideColour, reportDone } from './progress.ts'
import { newDueFault } from './rules.ts'
import { itemWords } from './words.ts'
import type { ItemKind } from './words.ts'

/** What was typed is wrong, or what to do with it; doing it says what to tell the person. */
type Read = { ok: false; errors: readonly FieldFault[] } | { ok: true; act: () => Promise<string> }

/** A deed on an item with a form: its page lies at the item's address followed by the deed's name. */
export interface DeedPage {
  name: string
  permission: string
  /** The kinds it is for; all unless given. */
  kinds?: readonly ItemKind[]
  /** Whether it is refused where the item changed after the form was opened. */
  versioned: boolean
  read: (context: WorkspaceContext, loaded: LoadedItem) => Promise<Read> | Read
  /** What the page needs besides the form. */
  more?: (context: WorkspaceContext, loaded: LoadedItem) => Promise<object>
  /** What the form holds when it is opened. */
  stored?: (loaded: LoadedItem) => FormFields
}

const heldMeetings = (context: WorkspaceContext) => meetingChoices(context.trx, context.viewer, context.today)
const offerMeetings = async (context: WorkspaceContext) => ({ meetings: offered(await heldMeetings(context)) })

const update: DeedPage = {
  name: 'update',
  permission: 'follow-up.update',
  versioned: false,
  read: (context, { record }) => {
    const read = readForm(updateForm, context.fields)
    if (!read.ok) return read
    return {
      ok: true,
      act: async () => {
        await addUpdate(context.trx, context, record, read.value.text)
        return 'Update added'
      },
    }
  },
}

const report: DeedPage = {
  name: 'report',
  permission: 'follow-up.update',
  versioned: true,
  read: (context, { record }) => {
    const read = readForm(reportForm, context.fields)
    if (!read.ok) return read
    const { version, received } = read.value
    if (received !== null && Temporal.PlainDate.compare(received, context.today) > 0) {
      return { ok: false, errors: [{ field: 'received', message: 'The day it was received must be today or earlier' }] }
    }
    return {
      ok: true,
      act: async () => {
        await reportDone(context.trx, context, record, version, received ?? context.today)
        return 'Reported. The body that raised it decides whether it is closed.'
      },
    }
  },
}

const close: DeedPage = {
  name: 'close',
  permission: 'follow-up.close',
  versioned: true,
  more: offerMeetings,
  read: async (context, { record, kind }) => {
    const read = readClosing(context.fields, await heldMeetings(context))
    if (!read.ok) return read
    const { version, ...closing } = read.value
    return {
      ok: true,
      act: async () => {
        await closeItem(context.trx, context, record, version, closing)
        return `${capital(itemWords[kind].word)} closed`
      },
    }
  },
}

const reopen: DeedPage = {
  name: 'reopen',
  permission: 'follow-up.close',
  versioned: true,
  more: offerMeetings,
  read: async (context, { record, kind }) => {
    const read = readReopening(context.fields, await heldMeetings(context))
    if (!read.ok) return read
    const { version, ...reopening } = read.value
    return {
      ok: true,
      act: async () => {
        await reopenItem(context.trx, context, record, version, reopening)
        return `${capital(itemWords[kind].word)} re-opened`
      },
    }
  },
}

const cancel: DeedPage = {
  name: 'cancel',
  permission: 'follow-up.close',
  versioned: true,
  read: (context, { record, kind }) => {
    const read = readForm(reasonForm, context.fields)
    if (!read.ok) return read
    return {
      ok: true,
      act: async () => {
        await cancelItem(context.trx, context, record, read.value.version, read.value.reason)
        return `${capital(itemWords[kind].word)} cancelled`
      },
    }
  },
}

const due: DeedPage = {
  name: 'due',
  permission: 'follow-up.redate',
  versioned: true,
  more: async context => ({ meetings: offered(await meetingChoices(context.trx, context.viewer, null)) }),
  stored: () => ({ 'due-kind': 'date' }),
  read: async (context, { record }) => {
    const read = readRedating(context.fields, await meetingChoices(context.trx, context.viewer, null))
    if (!read.ok) return read
    const { version, due, reason } = read.value
    const message = newDueFault(record.due, due, context.today)
    const field = { date: 'due', meeting: 'due-meeting', condition: 'look-again' }[due.kind]
    if (message !== null) return { ok: false, errors: [{ field, message }] }
    return {
      ok: true,
      act: async () => {
        await changeDue(context.trx, context, record, version, due, reason)
        return 'Date changed. The date first set stays on record.'
      },
    }
  },
}

const leads: DeedPage = {
  name: 'leads',
  permission: 'follow-up.update',
  versioned: true,
  more: async (context, loaded) => ({
    leading: loaded.leads.filter(lead => lead.until === null).map(({ id, words }) => ({ value: id, text: words })),
    choices: offered(await leadChoices(context.trx, context.viewer, context.today)),
  }),
  stored: ({ leads: all }) => ({ lead: leadingNow(all)[0]?.id ?? '' }),
  read: async (context, { record, leads: all }) => {
    const choices = await leadChoices(context.trx, context.viewer, context.today)
    const read = readLeadChange(
      context.fields,
      all.filter(lead => lead.until === null),
      choices,
    )
    if (!read.ok) return read
    const { version, ...change } = read.value
    return {
      ok: true,
      act: async () => {
        await changeLeads(context.trx, context, record, version, change)
        return 'Who leads is changed. Whoever led before stays on record.'
      },
    }
  },
}

const again: DeedPage = {
  name: 'ask-again',
  permission: 'follow-up.close',
  kinds: ['recommendation'],
  versioned: true,
  read: (context, { record }) => {
    const read = readForm(reasonForm, context.fields)
    if (!read.ok) return read
    return {
      ok: true,
      act: async () => {
        await askAgain(context.trx, context, record, read.value.version, read.value.reason)
        return 'A fuller reply is asked for. The reply so far stays on record.'
      },
    }
  },
}

const colour: DeedPage = {
  name: 'colour',
  permission: 'follow-up.redate',
  versioned: true,
  stored: ({ item }) => ({ colour: item.rag_override ?? 'rule', why: item.rag_override_why ?? '' }),
  read: (context, { record }) => {
    const read = readForm(colourForm, context.fields)
    if (!read.ok) return read
    const { version, colour: chosen, why } = read.value
    if (chosen !== 'rule' && why === null) {
      return { ok: false, errors: [{ field: 'why', message: 'Say why the colour differs from the rule' }] }
    }
    const override = chosen === 'rule' || why === null ? null : { colour: chosen, why }
    return {
      ok: true,
      act: async () => {
        await overrideColour(context.trx, context, record, version, override)
        return override === null ? 'The colour goes by the rule' : 'Colour chosen. The reason is shown with it.'
      },
    }
  },
}

/** Every deed that has a form. Evidence has one of its own, since it takes a file. */
export const deeds: readonly DeedPage[] = [update, report, close, reopen, cancel, due, leads, again, colour]

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
