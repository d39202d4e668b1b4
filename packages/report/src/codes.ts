/** Every failure code with what it means. Codes are stable: scripts of users match on them. */
export const failureCodes = {
  // What the user gave
  'input-missing': 'A required input is absent or blank.',
  'input-invalid': 'An input has a value that its rule forbids.',
  'input-unknown': 'An input has a name that the action does not know.',
  'input-conflict': 'Two inputs, or an input and the project file, contradict each other.',
  'handover-invalid': 'The output of an earlier action was given, but is empty or cannot be read.',
  'project-file-missing': 'The project file does not exist.',
  'project-file-invalid': 'The project file breaks its schema.',
  'name-unknown': 'A service, environment or target is not declared.',
  'variable-undefined': 'A ${NAME} in a template has no value.',
  'file-missing': 'A file that is named does not exist.',
  'file-outside': 'A path leaves the folder that it must stay in.',
  'file-invalid': 'A file cannot be read as what it should be.',
  'manifest-invalid': 'A manifest cannot be read, or breaks a rule of manifests.',
  'manifest-refused': 'A manifest asks for something that policy does not allow.',
  'event-refused': 'The run was started by an event that must not reach credentials.',
  // Signing in
  'sign-in-failed': 'No credentials could be had for a role.',
  'id-token-unavailable': 'The job may not ask for an OIDC token.',
  'wrong-account': 'The credentials belong to another account than the one expected.',
  'access-denied': 'A request was refused for lack of rights.',
  // Images
  'dockerfile-missing': 'The Dockerfile or its context does not exist.',
  'dockerfile-invalid': 'The Dockerfile cannot be read, or names a stage that is absent.',
  'base-unresolved': 'The digest of a base image cannot be found out.',
  'builder-missing': 'There is no docker with buildx on this machine.',
  'build-failed': 'The build of an image failed.',
  'build-argument-secret': 'A build argument looks like a secret.',
  'build-secret-unset': 'A build secret has no value.',
  'repository-missing': 'The ECR repository does not exist.',
  'tag-invalid': 'A tag breaks the rules of ECR, or is reserved.',
  'tag-immutable': 'An immutable tag names another digest already.',
  'image-missing': 'A digest is not in the registry that the target pulls from.',
  'push-failed': 'An image could not be pushed or tagged.',
  // Configuration
  'config-invalid': 'A configuration object breaks a rule of Kubernetes.',
  'config-too-large': 'A configuration object is larger than Kubernetes takes.',
  'secret-missing': 'A secret, its stage or its key does not exist.',
  // The cluster
  'cluster-missing': 'The EKS cluster does not exist.',
  'cluster-unreachable': 'The API server of the cluster cannot be reached.',
  'cluster-refused': 'The API server refused a request.',
  'namespace-missing': 'A namespace does not exist.',
  'record-namespace-missing': 'The namespace for the records does not exist.',
  'record-unreadable': 'A release record cannot be read.',
  'record-too-large': 'A release record would be larger than allowed.',
  'ownership-conflict': 'Another manager owns the object or a field of it.',
  'lock-held': 'Another run holds the lock and did not let go in time.',
  'lock-lost': 'The lock could not be renewed in time, so nothing more was written.',
  'superseded': 'A newer run took over.',
  // The rollout
  'rollout-deadline': 'The rollout passed the progress deadline of its manifest.',
  'rollout-timeout': 'The rollout was not healthy within the time given.',
  'cancelled': 'The run was cancelled.',
  // Ours
  'bug': 'The action itself has a mistake.',
  // The network
  'unreachable': 'A server cannot be reached.',
  'throttled': 'A server asked to wait for longer than the run may.',
} as const satisfies Record<string, string>

export type FailureCode = keyof typeof failureCodes
