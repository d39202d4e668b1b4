/** The type of a field: what may stand there, and how server-side apply merges it. */
export type Type =
  | { readonly is: 'string' | 'number' | 'boolean' | 'quantity' | 'intOrString' | 'microtime' | 'any' }
  | { readonly is: 'struct'; readonly fields: ReadonlyMap<string, Type>; readonly atomic: boolean }
  | { readonly is: 'map'; readonly of: Type; readonly atomic: boolean }
  /** Lists are atomic, sets, or merged by their items' keys. */
  | { readonly is: 'list'; readonly of: Type; readonly merge: 'atomic' | 'set' | readonly string[] }

/** Keys of list items that may be left out. */
export const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: 'TCP' }

/** s i b string, number, boolean; q quantity; is number or string; t microseconds; {T} map; T[] atomic list; T[a,b] list by keys; T[=] set; !T atomic. */
const TABLE = `
Meta: name:s generateName:s namespace:s uid:s resourceVersion:s generation:i creationTimestamp:s deletionTimestamp:s deletionGracePeriodSeconds:i selfLink:s labels:{s} annotations:{s} finalizers:s[=] ownerReferences:OwnerReference[uid] managedFields:any[]
OwnerReference: apiVersion:s kind:s name:s uid:s controller:b blockOwnerDeletion:b
LabelSelector: matchLabels:{s} matchExpressions:Requirement[]
Requirement: key:s operator:s values:s[]
PodTemplate: metadata:Meta spec:PodSpec
PodSpec: containers:Container[name] initContainers:Container[name] ephemeralContainers:Container[name] volumes:Volume[name] restartPolicy:s terminationGracePeriodSeconds:i activeDeadlineSeconds:i dnsPolicy:s dnsConfig:any nodeSelector:!{s} serviceAccountName:s serviceAccount:s automountServiceAccountToken:b nodeName:s hostNetwork:b hostPID:b hostIPC:b hostUsers:b shareProcessNamespace:b securityContext:PodSecurity imagePullSecrets:Name[name] hostname:s subdomain:s affinity:any schedulerName:s tolerations:Toleration[] hostAliases:HostAlias[ip] priorityClassName:s priority:i readinessGates:any[] runtimeClassName:s enableServiceLinks:b preemptionPolicy:s overhead:{q} topologySpreadConstraints:Spread[topologyKey,whenUnsatisfiable] setHostnameAsFQDN:b os:Name resources:Resources
PodSecurity: fsGroup:i fsGroupChangePolicy:s runAsUser:i runAsGroup:i runAsNonRoot:b supplementalGroups:i[] seccompProfile:any seLinuxOptions:any sysctls:any[] windowsOptions:any appArmorProfile:any supplementalGroupsPolicy:s
Name: name:s
Toleration: key:s operator:s value:s effect:s tolerationSeconds:i
HostAlias: ip:s hostnames:s[]
Spread: maxSkew:i topologyKey:s whenUnsatisfiable:s labelSelector:!LabelSelector minDomains:i nodeAffinityPolicy:s nodeTaintsPolicy:s matchLabelKeys:s[]
Container: name:s image:s imagePullPolicy:s command:s[] args:s[] workingDir:s ports:ContainerPort[containerPort,protocol] env:EnvVar[name] envFrom:EnvFrom[] resources:Resources resizePolicy:any[] volumeMounts:VolumeMount[mountPath] volumeDevices:any[] livenessProbe:Probe readinessProbe:Probe startupProbe:Probe lifecycle:any restartPolicy:s securityContext:any stdin:b stdinOnce:b tty:b terminationMessagePath:s terminationMessagePolicy:s
ContainerPort: name:s containerPort:i hostPort:i hostIP:s protocol:s
EnvVar: name:s value:s valueFrom:EnvSource
EnvSource: configMapKeyRef:!KeyRef secretKeyRef:!KeyRef fieldRef:!FieldRef resourceFieldRef:!ResourceFieldRef
KeyRef: name:s key:s optional:b
FieldRef: apiVersion:s fieldPath:s
ResourceFieldRef: containerName:s resource:s divisor:q
EnvFrom: prefix:s configMapRef:ObjectRef secretRef:ObjectRef
ObjectRef: name:s optional:b
Resources: limits:{q} requests:{q} claims:any[]
VolumeMount: name:s mountPath:s subPath:s subPathExpr:s readOnly:b mountPropagation:s recursiveReadOnly:s
Probe: httpGet:HttpGet tcpSocket:Socket exec:Exec grpc:any initialDelaySeconds:i timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i terminationGracePeriodSeconds:i
HttpGet: path:s port:is host:s scheme:s httpHeaders:any[]
Socket: port:is host:s
Exec: command:s[]
Volume: name:s configMap:ConfigMapVolume secret:SecretVolume projected:Projected emptyDir:EmptyDir hostPath:HostPath persistentVolumeClaim:ClaimVolume downwardAPI:any csi:any ephemeral:any nfs:any
ConfigMapVolume: name:s items:KeyToPath[] defaultMode:i optional:b
SecretVolume: secretName:s items:KeyToPath[] defaultMode:i optional:b
KeyToPath: key:s path:s mode:i
Projected: sources:ProjectedSource[] defaultMode:i
ProjectedSource: configMap:ProjectedObject secret:ProjectedObject serviceAccountToken:any downwardAPI:any
ProjectedObject: name:s items:KeyToPath[] optional:b
EmptyDir: medium:s sizeLimit:q
HostPath: path:s type:s
ClaimVolume: claimName:s readOnly:b
Pod: metadata:Meta spec:PodSpec status:any
DeploymentSpec: replicas:i selector:!LabelSelector template:PodTemplate strategy:Strategy minReadySeconds:i revisionHistoryLimit:i paused:b progressDeadlineSeconds:i
Strategy: type:s rollingUpdate:RollingUpdate
RollingUpdate: maxUnavailable:is maxSurge:is partition:i
Deployment: metadata:Meta spec:DeploymentSpec status:any
ReplicaSetSpec: replicas:i minReadySeconds:i selector:!LabelSelector template:PodTemplate
ReplicaSet: metadata:Meta spec:ReplicaSetSpec status:any
ServicePort: name:s protocol:s appProtocol:s port:i targetPort:is nodePort:i
ServiceSpec: ports:ServicePort[port,protocol] selector:!{s} clusterIP:s clusterIPs:s[] type:s externalIPs:s[] sessionAffinity:s sessionAffinityConfig:any loadBalancerIP:s loadBalancerSourceRanges:s[] loadBalancerClass:s externalName:s externalTrafficPolicy:s internalTrafficPolicy:s healthCheckNodePort:i publishNotReadyAddresses:b ipFamilies:s[] ipFamilyPolicy:s allocateLoadBalancerNodePorts:b trafficDistribution:s
Service: metadata:Meta spec:ServiceSpec status:any
ConfigMap: metadata:Meta data:{s} binaryData:{s} immutable:b
Secret: metadata:Meta data:{s} stringData:{s} type:s immutable:b
ServiceAccount: metadata:Meta secrets:any[] imagePullSecrets:Name[] automountServiceAccountToken:b
Namespace: metadata:Meta spec:any status:any
Node: metadata:Meta spec:any status:any
Event: metadata:Meta involvedObject:any related:any reason:s message:s source:any firstTimestamp:s lastTimestamp:s count:i type:s eventTime:s action:s reportingComponent:s reportingInstance:s series:any
ResourceQuota: metadata:Meta spec:any status:any
ScaleTarget: apiVersion:s kind:s name:s
AutoscalerSpec: scaleTargetRef:!ScaleTarget minReplicas:i maxReplicas:i metrics:any[] behavior:any
HorizontalPodAutoscaler: metadata:Meta spec:AutoscalerSpec status:any
BudgetSpec: minAvailable:is maxUnavailable:is selector:!LabelSelector unhealthyPodEvictionPolicy:s
PodDisruptionBudget: metadata:Meta spec:BudgetSpec status:any
IngressSpec: ingressClassName:s defaultBackend:any tls:any[] rules:any[]
Ingress: metadata:Meta spec:IngressSpec status:any
LeaseSpec: holderIdentity:s leaseDurationSeconds:i acquireTime:t renewTime:t leaseTransitions:i strategy:s preferredHolder:s
Lease: metadata:Meta spec:LeaseSpec
SelfSubjectAccessReview: metadata:Meta spec:any status:any
`
const SCALARS = { s: 'string', i: 'number', b: 'boolean', q: 'quantity', is: 'intOrString', t: 'microtime', any: 'any' } as const

const types = new Map<string, Type>(Object.entries(SCALARS).map(([name, is]) => [name, { is }]))
const structs = TABLE.trim().split('\n').map((line) => {
  const [name = '', ...members] = line.split(/:? /)
  const fields = new Map<string, Type>()
  types.set(name, { is: 'struct', atomic: false, fields })
  return { fields, members }
})
for (const { fields, members } of structs)
  for (const member of members) {
    const [name = '', text = ''] = member.split(/:(.*)/)
    fields.set(name, typeFrom(text))
  }

/** The type of a whole object of that kind. */
export function schemaOf(kind: string): Type {
  const type = types.get(kind)
  if (type?.is !== 'struct') throw new Error(`The sandbox's Kubernetes has no schema for ${kind}.`)
  return { ...type, fields: new Map([...type.fields, ['apiVersion', { is: 'string' }], ['kind', { is: 'string' }]]) }
}

function typeFrom(text: string): Type {
  if (text.startsWith('!')) {
    const type = typeFrom(text.slice(1))
    return type.is === 'struct' || type.is === 'map' ? { ...type, atomic: true } : type
  }
  if (text.startsWith('{')) return { is: 'map', of: typeFrom(text.slice(1, -1)), atomic: false }
  const list = /^(\w+)\[(.*)\]$/.exec(text)
  if (list) {
    const [, of = '', keys = ''] = list
    return { is: 'list', of: typeFrom(of), merge: keys === '' ? 'atomic' : keys === '=' ? 'set' : keys.split(',') }
  }
  const named = types.get(text)
  if (!named) throw new Error(`The sandbox's schema names ${text}, which it does not have.`)
  return named
}
