/*
 * Keeps what is typed in a long text while it is typed. A status line names the address and the field:
 * <p role="status" data-autosave="/workspace/…/text" data-autosave-field="item-1-text"></p>
 * Without a connection the text is kept on this device and sent when it is back; where somebody else saved meanwhile
 * nothing is sent, and the form's own button shows both texts. Without this script the form works as it is.
 */

const pauseInTyping = 1200
const beforeTryingAgain = 5000

/** Starts every status line of the page. */
export function startAutosave() {
  for (const line of document.querySelectorAll('[data-autosave]')) keepText(line)
}

function keepText(line) {
  const form = line.closest('form')
  const field = form?.elements.namedItem(line.dataset.autosaveField)
  const version = form?.elements.namedItem('version')
  if (!field || !version) return
  const address = line.dataset.autosave
  const device = `peelian:${address}`
  let timer = null
  let stopped = false
  let sending = false
  let sent = field.value

  const say = words => {
    if (line.textContent !== words) line.textContent = words
  }
  const later = wait => {
    clearTimeout(timer)
    timer = setTimeout(send, wait)
  }

  restore()
  field.addEventListener('input', () => {
    remember(device, field.value)
    if (!stopped) later(pauseInTyping)
  })
  form.addEventListener('submit', () => {
    stopped = true
    clearTimeout(timer)
  })
  window.addEventListener('online', () => later(0))
  window.addEventListener('beforeunload', event => {
    if (field.value !== sent && !stopped) event.preventDefault()
  })

  /** What this device kept and the server never got stands in the field again, and is sent. */
  function restore() {
    const kept = recall(device)
    if (kept === null || kept === field.value) return forget(device)
    field.value = kept
    say('What you typed before was kept on this device and stands here again.')
    later(pauseInTyping)
  }

  async function send() {
    if (stopped || sending || field.value === sent) return
    sending = true
    const text = field.value
    const answer = await post(address, { _csrf: form.elements.namedItem('_csrf').value, version: version.value, text })
    sending = false
    if (answer.kept) {
      version.value = answer.version
      sent = text
      if (field.value === text) forget(device)
      say(`Kept as a draft, ${answer.at}.`)
      if (field.value !== text) later(pauseInTyping)
    } else if (answer.again) {
      say('Not kept yet: there is no connection. What you typed stays on this device and is sent when it is back.')
      later(beforeTryingAgain)
    } else {
      stopped = true
      say(answer.words)
    }
  }
}

async function post(address, fields) {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      credentials: 'same-origin',
    })
    if (response.ok) return { kept: true, ...(await response.json()) }
    if (response.status === 409) {
      return {
        words: 'Someone else saved this item meanwhile. Press the button to see both texts. Nothing you typed is lost.',
      }
    }
    if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403) {
      return { words: 'You are signed out. What you typed stays on this device: sign in again and open this page.' }
    }
    if (response.status >= 500) return { again: true }
    const { reason } = await response.json()
    return { words: `Not kept: ${reason}` }
  } catch {
    return { again: true }
  }
}

/* The device may refuse to keep anything (private windows): then the text is in the field alone. */
function remember(device, text) {
  try {
    localStorage.setItem(device, text)
  } catch {
    // Kept in the field.
  }
}

function recall(device) {
  try {
    return localStorage.getItem(device)
  } catch {
    return null
  }
}

function forget(device) {
  try {
    localStorage.removeItem(device)
  } catch {
    // Nothing was kept.
  }
}
