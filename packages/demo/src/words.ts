/** `3.2 s`, or `1 min 5 s`. */
export function seconds(milliseconds: number): string {
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const whole = Math.round(milliseconds / 1000)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** `1 write`, `2 writes`, `no write`. */
export function count(amount: number, thing: string): string {
  return `${amount === 0 ? 'no' : amount} ${thing}${amount > 1 ? 's' : ''}`
}

/** `cart, catalog and web`; `none` of none. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? 'none'
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** Text from outside as one line that cannot rewrite a terminal. */
export function plainLine(text: string): string {
  return text.replace(/\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '').replace(/[\r\n]+/g, ' ').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}
