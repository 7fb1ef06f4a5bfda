import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openDesks } from './desks.ts'
import type { Desks } from './desks.ts'
import { command, serveEmbedded, serveGiven } from './server.ts'
import type { RunningServer } from './server.ts'

const title = 'Why recorded crime went beyond its usual range'
const asked = 'What lies behind the rise, and what is being done about it?'
const answer = 'Thefts from two retail parks account for the rise. Patrols there were doubled.'
const judgement = 'The cause is shown. Whether the patrols work is not known yet.'
const minute = 'The board considered the answer and asked for the patrol plan.'
const action = 'Bring the patrol plan for the two retail parks'
/** Stands only in the withheld item: in its title, its minute and what was raised in it. */
const secret = 'Nightingale'
const neutral = 'A policing operation'

/** The second time the pages are the same, and axe need not look at them again. */
const places: [string, () => Promise<RunningServer>, boolean][] = [
  ['on the embedded database', serveEmbedded, true],
  ['on a database given by its address', () => serveGiven('ardenshire'), false],
]

for (const [where, start, withAxe] of places) {
  describe(`the main job, ${where}`, { timeout: 240_000 }, () => {
    let server: RunningServer
    let desks: Desks
    let atFirst = 0
    let question = ''
    let minutes = ''
    before(async () => {
      server = await start()
      atFirst = (await fetch(`${server.baseUrl}/ardenshire/`)).status
      desks = await openDesks(server.baseUrl, withAxe)
    })
    after(async () => {
      await desks.close()
      await server.stop()
    })

    const openQuestion = async (page: Page) => {
      await desks.visit(page, '/workspace/scrutiny')
      await desks.follow(page, title)
    }

    it('the sample area is there from the first moment', () => {
      assert.equal(atFirst, 200)
    })

    it('the policy lead loads figures in which one measure breaks its limits', async () => {
      const page = await desks.of('policyLead')
      await desks.visit(page, '/workspace/performance/imports/new')
      const buffer = Buffer.from(await command(['sample', 'figures'], server.settings))
      await page.setInputFiles('input[type=file]', { name: 'figures.csv', mimeType: 'text/csv', buffer })
      await desks.press(page, 'Check this file')
      assert.match(await desks.text(page), /New figures\s+6[\s\S]*Changed figures\s+1/)
      await desks.press(page, 'Load these figures')
    })

    it('the exception is there, explained with its numbers, and a question is drafted from it', async () => {
      const page = await desks.of('policyLead')
      await desks.visit(page, '/workspace/performance/exceptions')
      await desks.follow(page, /Recorded crime/)
      assert.match(await desks.text(page), /above the upper limit of [\d,.]+[\s\S]*Lower is better here/)
      await desks.press(page, 'Draft a question from this')
      await desks.press(page, 'Save the draft')
      assert.match(await desks.text(page), /There is a problem[\s\S]*Enter a short title/)
      await page.getByLabel('Title', { exact: true }).fill(title)
      await page.getByLabel('What is asked').fill(asked)
      await page.getByLabel('A question', { exact: true }).check()
      await page.getByLabel(/Oyelaran-Finch/).check()
      await page.getByLabel('At a meeting and in writing').check()
      await desks.press(page, 'Save the draft')
      question = new URL(page.url()).pathname
      assert.match(await desks.text(page), /Draft[\s\S]*Prevent crime[\s\S]*Recorded crime/)
    })

    it('that draft does not exist for the force, for the panel, or for the public', async () => {
      for (const who of ['liaison', 'panelClerk'] as const) {
        const page = await desks.of(who)
        assert.equal((await page.goto(server.baseUrl + question))?.status(), 404)
        await desks.visit(page, '/workspace/search?q=recorded+crime+beyond')
        assert.doesNotMatch(await desks.text(page), new RegExp(title))
      }
      assert.equal((await fetch(server.baseUrl + question, { redirect: 'manual' })).status, 303)
      assert.doesNotMatch(await publicText(`/ardenshire/search?q=beyond+usual+range`), new RegExp(title))
    })

    it('the commissioner puts it, and the force has it', async () => {
      const page = await desks.of('commissioner')
      await openQuestion(page)
      await desks.press(page, 'Put this question')
      assert.match(await desks.text(page), /cannot be changed any more/)
      await desks.press(page, 'Put this question')
      assert.match(await desks.text(page), /Awaiting an answer[\s\S]*How this date is worked out/)
    })

    it('the liaison prepares the answer with an attachment, without JavaScript', async () => {
      const page = await desks.of('liaison')
      await desks.visit(page, '/workspace')
      await desks.follow(page, title)
      assert.match(await desks.text(page), new RegExp(asked.replace('?', '\\?')))
      await desks.press(page, 'Start the answer')
      await page.getByLabel('The answer', { exact: true }).fill(answer)
      await page.getByLabel(/Oyelaran-Finch/).check()
      await page.getByLabel('At the meeting and in writing').check()
      const buffer = Buffer.from('week,patrols\n1,14\n2,28\n')
      await page.setInputFiles('input[type=file]', { name: 'patrols.csv', mimeType: 'text/csv', buffer })
      await page.getByLabel('Title of the attachment').fill('Patrols by week')
      await desks.press(page, 'Save the answer')
      await desks.press(page, 'Hand it over to be given')
      const office = await desks.of('policyLead')
      assert.equal((await office.goto(page.url()))?.status(), 404, 'the office does not see it being prepared')
    })

    it('the chief constable gives it, and says that it may be published', async () => {
      const page = await desks.of('chiefConstable')
      await desks.visit(page, '/workspace')
      await desks.follow(page, `Answer: ${title}`)
      await desks.press(page, 'Give this answer')
      await page.getByLabel('Yes', { exact: true }).check()
      await page.getByLabel(/attachment “Patrols by week”/).selectOption('yes')
      await desks.press(page, 'Give this answer')
      assert.match(await desks.text(page), /Given/)
    })

    it('the clerk puts it on an agenda beside a withheld item, and publishes the agenda', async () => {
      const page = await desks.of('clerk')
      await schedule(page, 1)
      const meeting = new URL(page.url()).pathname
      await desks.press(page, 'Add an item')
      await page.getByLabel('Title', { exact: true }).fill('Recorded crime')
      await page.getByLabel('Ordinary item').check()
      await page.getByLabel('Yes: it is open').check()
      await desks.press(page, 'Add the item')
      await desks.press(page, 'Add an item')
      await page.getByLabel('Title', { exact: true }).fill(`Operation ${secret}`)
      await page.getByLabel('Ordinary item').check()
      await page.getByLabel('No: withheld').check()
      await page.getByLabel('Limb of article 2(2)').selectOption('c')
      await page.getByLabel('Who decided').fill('Chief constable')
      await page.getByLabel('Neutral title').fill(neutral)
      await desks.press(page, 'Add the item')
      await desks.follow(page, /^(\d\. )?Recorded crime$/)
      await page.locator('select[name=record]').selectOption({ label: await optionWith(page, title) })
      await desks.press(page, 'Take it up')
      await desks.visit(page, `${meeting}/attendance`)
      await desks.press(page, 'Note everyone who usually attends')
      await desks.visit(page, meeting)
      await desks.press(page, 'Publish the agenda')
      await desks.press(page, 'Publish and send the agenda')
      assert.match(await desks.text(page), /Agenda published/)
    })

    it('the clerk minutes it, raises an action in the minute line, and circulates the minutes', async () => {
      const page = await desks.of('clerk')
      await desks.press(page, 'Begin the minutes')
      minutes = new URL(page.url()).pathname.replace(/\/take$/, '')
      await page.getByLabel('Minute of item 2').fill(minute)
      await page.getByText('Add an action, undertaking, request or recommendation to item 2').click()
      await raise(page, 2, action, 'MO', 'Once the review of patrols is finalised')
      await desks.press(page, 'Save item 2')
      assert.match(await desks.text(page), /due on a condition and has no date/)
      await page.getByLabel('Minute of item 3').fill(`${secret} goes on.`)
      await page.getByText('Add an action, undertaking, request or recommendation to item 3').click()
      await raise(page, 3, `Review ${secret}`, 'MO', 'When it ends')
      await desks.press(page, 'Save item 3')
      await desks.visit(page, minutes)
      await desks.press(page, 'Circulate them')
      await desks.press(page, 'Circulate the minutes')
      assert.match(await desks.text(page), /Circulated/)
    })

    it('the minutes are agreed as item one of the next meeting, signed by both, and published', async () => {
      const clerk = await desks.of('clerk')
      await schedule(clerk, 0)
      await desks.visit(clerk, minutes)
      await desks.press(clerk, 'Record that they were agreed')
      const choose = clerk.getByLabel('Which meeting agreed them?')
      await choose.selectOption({ label: (await choose.locator('option').allInnerTexts())[1] ?? '' })
      await desks.press(clerk, 'Record that they were agreed')
      for (const who of ['commissioner', 'chiefConstable'] as const) {
        const page = await desks.of(who)
        await desks.visit(page, minutes)
        await desks.press(page, 'Sign the minutes')
        await page.getByLabel('I sign these minutes as a true record').check()
        await desks.press(page, 'Sign')
      }
      await desks.visit(clerk, minutes)
      await desks.press(clerk, 'Publish the minutes')
      await desks.press(clerk, /^Publish/)
      assert.match(await desks.text(clerk), /Published/)
    })

    it('the commissioner judges the answer, and question, answer and judgement are published', async () => {
      const page = await desks.of('commissioner')
      await openQuestion(page)
      await desks.press(page, 'Judge the answer')
      await page.getByLabel('Partly assured').check()
      await page.getByLabel('Why?').fill(judgement)
      await desks.press(page, 'Record the judgement')
      await desks.visit(page, question)
      await desks.press(page, 'Publish')
      for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
      await desks.press(page, /^Publish/)
    })

    it('the measure is published with its new figures and its exception', async () => {
      const page = await desks.of('policyLead')
      await desks.visit(page, '/workspace/performance')
      await desks.follow(page, /^Recorded crime$/)
      await desks.press(page, 'Publish with its exceptions')
    })

    it('the action, too, is read once more and published again, with what was corrected', async () => {
      const page = await desks.of('clerk')
      await desks.visit(page, '/workspace/follow-up/actions')
      await desks.follow(page, action)
      await desks.press(page, 'Publish')
      assert.match(await desks.text(page), /What the public will see[\s\S]*What stays back/)
      await page.getByLabel('What was corrected').fill('The lead is named in full')
      await desks.press(page, 'Publish this action')
    })

    it('a resident finds it by search, reads all of it, and reaches the objective in two clicks', async () => {
      const page = await desks.of('resident')
      await desks.visit(page, '/ardenshire/')
      await page.getByLabel('Search everything that is published').fill('recorded crime usual range')
      await desks.press(page, 'Search')
      await desks.follow(page, new RegExp(`^${title}$`))
      const text = await desks.text(page)
      for (const part of [asked, answer, judgement, 'Partly assured', 'Patrols by week'])
        assert.ok(text.includes(part), part)
      await desks.follow(page, /^Prevent crime$/)
      assert.match(page.url(), /\/ardenshire\/plan\/objectives\//)
      await page.goBack()
      await desks.follow(page, 'See the whole trail')
      assert.match(await desks.text(page), /Prevent crime[\s\S]*Recorded crime[\s\S]*Answer/)
      await desks.visit(page, '/ardenshire/actions')
      await desks.follow(page, action)
      assert.match(await desks.text(page), /Once the review of patrols is finalised/)
    })

    it('of the withheld item only the gap notice is public, in no form more', async () => {
      const page = await desks.of('resident')
      await desks.visit(page, '/ardenshire/meetings')
      await desks.follow(page, new RegExp(dayAgo(1).toLocaleString('en-GB', { day: 'numeric', month: 'long' })))
      const text = await desks.text(page)
      assert.match(text, new RegExp(`${neutral}[\\s\\S]*article 2\\(2\\)\\(c\\)`))
      assert.ok(text.includes(minute))
      for (const path of await publicAddresses(new URL(page.url()).pathname)) {
        assert.doesNotMatch(await publicText(path), new RegExp(secret), path)
      }
      assert.match(await publicText('/ardenshire/'), /What was withheld/)
    })

    it('the office does not see the draft of the panel', async () => {
      const page = await desks.of('panelClerk')
      await desks.visit(page, '/workspace/scrutiny')
      const draft = page.getByRole('row', { name: /Draft/ }).getByRole('link').first()
      const href = (await draft.getAttribute('href')) ?? ''
      assert.equal((await page.goto(server.baseUrl + href))?.status(), 200)
      const office = await desks.of('policyLead')
      assert.equal((await office.goto(server.baseUrl + href))?.status(), 404)
    })

    async function publicText(path: string): Promise<string> {
      return (await fetch(server.baseUrl + path)).text()
    }

    /** The meeting's own page, every register in every form, search for the word, and the feeds. */
    async function publicAddresses(meeting: string): Promise<string[]> {
      const registers = ['meetings', 'minutes', 'actions', 'questions', 'performance', 'plan', 'bodies']
      const forms = ['.csv', '.json', '.atom']
      return [
        meeting,
        '/ardenshire/',
        '/ardenshire/search?q=operation+goes+on+review',
        '/ardenshire/meetings.ics',
        '/ardenshire/history.atom',
        ...registers.flatMap(register => ['', ...forms].map(form => `/ardenshire/${register}${form}`)),
      ]
    }

    async function schedule(page: Page, daysAgo: number): Promise<void> {
      const day = dayAgo(daysAgo)
      await desks.visit(page, '/workspace/meetings/new')
      await page.getByLabel('Body', { exact: true }).selectOption({ label: 'Governance and Performance Board' })
      await page.getByLabel('Day').fill(String(day.day))
      await page.getByLabel('Month').fill(String(day.month))
      await page.getByLabel('Year').fill(String(day.year))
      await page.getByLabel('Starts at').fill('10:00')
      await page.getByLabel('Place').fill('Committee room, Hartsmere')
      await desks.press(page, 'Schedule it')
    }
  })
}

function dayAgo(days: number): Temporal.PlainDate {
  return Temporal.Now.plainDateISO('Europe/London').subtract({ days })
}

/** Fills in the line of a minute in which an action is raised. */
async function raise(page: Page, item: number, what: string, who: string, condition: string): Promise<void> {
  await page.locator(`input[name=item-${String(item)}-form][value=action]`).check()
  await page.locator(`#item-${String(item)}-what`).fill(what)
  await page.locator(`#item-${String(item)}-who`).fill(who)
  await page.locator(`#item-${String(item)}-condition`).fill(condition)
}

/** The whole text of the option that holds some words. */
async function optionWith(page: Page, words: string): Promise<string> {
  const options = await page.locator('select[name=record] option').allInnerTexts()
  return options.find(option => option.includes(words)) ?? words
}
