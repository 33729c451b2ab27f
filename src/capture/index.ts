export type { FieldSpec, FieldType, ImportBatch, ImportedMoney, ImportKind, ImportOptions, ImportRow, RowOutcome } from './import-kind.ts';
export type { InquiryFields, Touch } from './inquiry.contract.ts';
