/** How a ConfigMap or Secret gets to another content: by a new object of another name, by a change, or by deletion and creation. */
export const configModes = ['versioned', 'in-place', 'recreate'] as const

export type ConfigMode = (typeof configModes)[number]
