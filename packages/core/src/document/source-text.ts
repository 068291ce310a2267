import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RawDocument } from './raw-document.ts';

/** One input: a file's name, for diagnostics, and its text. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** A part of an input that is parsed by itself: offsets count from the start of the whole text. */
export interface Chunk {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

export interface ParsedDocuments {
  readonly documents: readonly RawDocument[];
  readonly diagnostics: readonly Diagnostic[];
}
