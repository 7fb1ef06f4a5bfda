/*
 * Follows a load on its page: <div data-load-progress="/workspace/…/progress.json"> holds a progress bar and the parts
 * that change. When the load is at an end the page is fetched anew, with what came of it. Without this script the page
 * fetches itself anew every few seconds.
 */

const between = 1500
const afterSilence = 5000

/** Starts every load that the page follows. */
export function startLoadProgress() {
  for (const place of document.querySelectorAll('[data-load-progress]')) follow(place)
}

function follow(place) {
  const part = name => place.querySelector(`[data-load-${name}]`)
  const bar = place.querySelector('progress')
  let said = 0

  const show = ({ percent, words, rows, left, done, files }) => {
    bar.value = percent
    bar.textContent = `${percent}%`
    write(part('words'), words)
    write(part('files'), `${done} of ${files} files done`)
    write(part('percent'), `${percent}%`)
    write(part('rows'), `${rows.toLocaleString('en-GB')} rows read`)
    write(part('left'), left === '' ? '' : `, ${left}`)
    // Those who listen hear every fourth part, not every change.
    if (Math.floor(percent / 25) > said) {
      said = Math.floor(percent / 25)
      write(part('said'), `${percent}%, ${words}`)
    }
  }

  const look = async () => {
    try {
      const answer = await fetch(place.dataset.loadProgress, { headers: { accept: 'application/json' } })
      if (!answer.ok) return window.location.reload()
      const progress = await answer.json()
      if (!progress.running) return window.location.reload()
      show(progress)
      setTimeout(look, between)
    } catch {
      setTimeout(look, afterSilence)
    }
  }
  setTimeout(look, between)
}

function write(element, words) {
  if (element && element.textContent !== words) element.textContent = words
}
