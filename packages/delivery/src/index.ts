export { deliver, outcomeOf } from './deliver.ts'
export type { Delivery, DeliveryResult, ServiceResult, Surroundings } from './delivery.ts'
export type { Patience } from './follow.ts'
export type {
  ApplyAnswer,
  ClusterObjects,
  ImageRegistry,
  Lock,
  Locks,
  Narrator,
  Observer,
  RecordStore,
  Rights,
  TargetPorts,
} from './ports.ts'
export { wantedService, type WantedService } from './prepare.ts'
