/** An image that the shop's Dockerfiles begin with. */
export interface BaseImage {
  readonly repository: string
  readonly tag: string
  readonly files: Readonly<Record<string, string>>
}

/** The base images of the shop. Its Dockerfiles pin them by digest, so that a change here asks for a change there. */
export const baseImages: readonly BaseImage[] = [
  {
    repository: 'base/node',
    tag: '24',
    files: {
      'etc/group': 'root:x:0:\nnode:x:1000:\n',
      'etc/os-release': 'ID=sandbox\nPRETTY_NAME="A base image of the sandbox"\n',
      'etc/passwd': 'root:x:0:0:root:/root:/sbin/nologin\nnode:x:1000:1000:node:/home/node:/sbin/nologin\n',
      'usr/local/bin/node': 'In the sandbox no container runs, so that Node itself is left out.\n',
    },
  },
]
