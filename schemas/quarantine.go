package schemas

import "cmp"

// Quarantine is one input that gave no document, or one document that failed.
type Quarantine struct {
	Source, Stage, Reason, Detail string
	SHA256                        Optional[string]
	DuplicateOf                   Optional[string]
}

// QuarantineTable is the table quarantine.
var QuarantineTable = Table[Quarantine]{
	Name: "quarantine",
	Doc:  "one row per input that gave no document, or document that failed",
	Columns: []Column[Quarantine]{
		text("source", "as in documents", func(r *Quarantine) string { return r.Source }),
		text("stage", "extract, segment, normalize, write", func(r *Quarantine) string { return r.Stage }),
		text("reason", "empty, undecodable, unsupported_format, unreadable, too_large, duplicate, not_a_report, internal_error", func(r *Quarantine) string { return r.Reason }),
		text("detail", "a sentence for the operator", func(r *Quarantine) string { return r.Detail }),
		optText("sha256", "SHA-256 of the input; null if it could not be read", func(r *Quarantine) Optional[string] { return r.SHA256 }),
		optText("duplicate_of", "doc_id of the document with the same text", func(r *Quarantine) Optional[string] { return r.DuplicateOf }),
	},
	Compare: func(a, b *Quarantine) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Stage, b.Stage),
			cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Detail, b.Detail),
			nullsLast(a.SHA256, b.SHA256), nullsLast(a.DuplicateOf, b.DuplicateOf))
	},
}
