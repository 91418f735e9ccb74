// Package stages holds what every stage of the pipeline shares: why an input gives no document.
//
// A stage is pure: it takes values, returns values and rejects, logs nothing, keeps no
// mutable state and is safe for concurrent use. A bad input is a Reject, never a panic or an
// error that stops the run; only package pipeline decides whether to skip or to stop.
//
// The stages, in order: extract (bytes → articles), segment (text → sections, sentences,
// clauses, tokens), normalize (→ documents, indicators, projects), write (rows → Parquet).
package stages

// Reason says why an input gave no document. The list is closed: it is a column of the
// quarantine table.
type Reason string

// The reasons of the quarantine table.
const (
	Empty             Reason = "empty"              // no bytes, or nothing but white space
	Undecodable       Reason = "undecodable"        // no known text encoding
	UnsupportedFormat Reason = "unsupported_format" // HTML, PDF, office files …
	Unreadable        Reason = "unreadable"         // the file cannot be opened, read or decompressed
	TooLarge          Reason = "too_large"          // beyond the documented limit
	Duplicate         Reason = "duplicate"          // the same text as another document
	NotAReport        Reason = "not_a_report"       // a scrap without title or of under 200 characters
	InternalError     Reason = "internal_error"     // a defect of the program, with the stack in the log
)

// Reasons lists them.
var Reasons = []Reason{Empty, Undecodable, UnsupportedFormat, Unreadable, TooLarge, Duplicate, NotAReport, InternalError}

// Reject is an input, or an article of it, that gives no document.
type Reject struct {
	Source      string // as in documents.source
	Stage       string // extract, segment, normalize or write
	Reason      Reason
	Detail      string // a sentence for the operator
	SHA256      string // of the input's bytes, "" if they could not be read
	DuplicateOf string // doc_id, for Duplicate only
}
