export { deliver, type TargetDelivery, type TargetResult, type TargetsResult } from './deliver-to-targets.ts'
export type { Adoption } from './adopt-difference.ts'
export { ownerText, type FieldOwner } from './adopt-owners.ts'
export { isAsApplied } from './as-applied.ts'
export type { Delivery, DeliveryResult, Mission, Patience, ServiceResult, Surroundings } from './delivery.ts'
export type { EvidenceSource } from './evidence.ts'
export { notedWrites } from './noted-writes.ts'
export { outcomeOf } from './outcome.ts'
export type {
  ApplyAnswer,
  ClusterObjects,
  CommitHistory,
  History,
  ImageRegistry,
  Lock,
  LockWish,
  Locks,
  Narrator,
  Observer,
  RecordStore,
  Rights,
  TargetPorts,
} from './ports.ts'
export { targetNarrator } from './target-narrator.ts'
export { inEachTarget, toldByTarget } from './in-each-target.ts'
export { findProof, type Proof, type ProofPlace, type ProofSource } from './proof.ts'
export { wantedService, type WantedService } from './wanted.ts'
export { listing, type ListedRevision, type ListedService, type Listing } from './listing.ts'
export type { Difference } from './differs.ts'
export { unbar, type Lifted, type Unbarred, type UnbarWish } from './unbar.ts'
export { undo, type Moved, type UndoResult, type UndoneTarget } from './undo.ts'
export type { NamedRevision, Undo } from './undo-plan.ts'
export type { TargetToReach } from './reach.ts'
