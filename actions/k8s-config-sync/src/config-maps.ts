import type { Problems } from '@slipway/report'
import { openConfigFolder } from './config-files.ts'
import { configContent } from './config-content.ts'
import { checkContent, type Content } from './config-object.ts'
import type { FileTarget } from './settings.ts'

/** The contents of every ConfigMap, from the files of the checkout alone: no network yet, so what is wrong in them is told in no time. */
export async function readConfigMaps<Target extends FileTarget>({ configPath, targets }: { readonly configPath: string; readonly targets: readonly Target[] }, workspace: string, problems: Problems): Promise<ReadonlyMap<Target, readonly Content[]>> {
  const isNeeded = targets.some(({ objects }) => objects.some(({ kind }) => kind === 'ConfigMap'))
  const folder = isNeeded ? await problems.tryAsync(() => openConfigFolder(workspace, configPath)) : undefined
  const contents = new Map<Target, readonly Content[]>()
  for (const target of targets) {
    const declared = target.objects.filter((wanted) => wanted.kind === 'ConfigMap')
    const found = folder === undefined ? [] : await Promise.all(declared.map((wanted) => configContent(wanted, folder, target.layers, problems)))
    for (const content of found) checkContent(content, `target ${target.name}`, problems)
    contents.set(target, found)
  }
  return contents
}
