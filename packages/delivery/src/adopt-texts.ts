import { list } from '@slipway/report'
import type { Adoption } from './adopt-difference.ts'
import { ownerText } from './adopt-owners.ts'
import type { Taking } from './adopt-try.ts'
import { fieldManager } from './marks.ts'
import type { PreparedService } from './prepare.ts'

/** What a plan tells of the objects of a service that are not, or not only, ours. */
export function planTexts({ workload, supporting }: PreparedService): string[] {
  return [workload, ...supporting].flatMap(({ taking }) => {
    if (taking === undefined) return []
    const { object, owners, refused } = taking.adoption
    const start = `${object}: its managers are ${list(owners.map(ownerText))}`
    return [refused === undefined ? `${start}; ${fieldTexts(taking.adoption) ?? 'taking it over changes no field'}` : `${start}; it cannot be taken over: ${refused}`]
  })
}

/** What is told of an object when it has been taken. */
export function takenText({ isStranger, adoption }: Taking): string {
  const others = list([...new Set(adoption.owners.map(({ manager }) => manager).filter((manager) => manager !== fieldManager))])
  const what = isStranger ? `${adoption.object} is taken over; its managers were ${others}` : `${adoption.object} was changed by others since the last release (${others}): it is corrected`
  const fields = fieldTexts(adoption)
  return fields === undefined ? what : `${what}; ${fields}`
}

function fieldTexts({ changes, goes }: Adoption): string | undefined {
  const texts = [...(changes.length === 0 ? [] : [`to be changed: ${changes.join(', ')}`]), ...(goes.length === 0 ? [] : [`to go: ${goes.join(', ')}`])]
  return texts.length === 0 ? undefined : texts.join('; ')
}
