/** What bundle.ts asks of ncc, which comes without types. */
declare module '@vercel/ncc' {
  interface Options {
    readonly cache: false
    readonly transpileOnly: boolean
    readonly target: string
    readonly license: string
    readonly quiet: boolean
  }
  interface Bundle {
    readonly code: string
    readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>
    readonly symlinks: Readonly<Record<string, string>>
    readonly stats: { readonly compilation: { readonly fileDependencies: Iterable<string> } }
  }
  export default function ncc(entry: string, options: Options): Promise<Bundle>
}
