package schemas

import "cmp"

// Project is one planned undertaking.
type Project struct {
	ProjectID, DocID       string
	RegionCode             Optional[string]
	ReportYear             Optional[int32]
	Name, Status           string
	PeriodStart, PeriodEnd int32
	Investment             Optional[float64]
	Count                  Optional[int32]
	Capacity, Owner        Optional[string]
	Sector                 string
	Section, Evidence      string
	CharStart, CharEnd     int32
	Confidence             float64
	RegionCode2020         Optional[string]
	SameAs, Continues      Optional[string] // filled by package pipeline and normalize
	ContinuesScore         Optional[float64]
}

// ProjectTable is the table projects.
var ProjectTable = Table[Project]{
	Name: "projects",
	Doc:  "one row per planned undertaking",
	Columns: []Column[Project]{
		text("project_id", "doc_id:p:char_start:ordinal, the ordinal among rows of the same span", func(r *Project) string { return r.ProjectID }).stored(StoreDelta),
		text("doc_id", "the document", func(r *Project) string { return r.DocID }),
		optText("region_code", "as in documents", func(r *Project) Optional[string] { return r.RegionCode }),
		optInteger("report_year", "as in documents", func(r *Project) Optional[int32] { return r.ReportYear }),
		text("name", "as in the text, without the leading verb and a trailing 等项目/建设 unless part of the name", func(r *Project) string { return r.Name }).stored(StorePlain),
		text("status", "prelim (谋划, 前期), start (新建, 开工), continue (加快, 续建), complete (竣工, 投产, 建成 in the period)", func(r *Project) string { return r.Status }),
		integer("period_start", "first year planned for", func(r *Project) int32 { return r.PeriodStart }),
		integer("period_end", "last year planned for", func(r *Project) int32 { return r.PeriodEnd }),
		optDouble("investment", "CNY", func(r *Project) Optional[float64] { return r.Investment }),
		optInteger("count", "≥ 2 for a bundle: 16个精品钢深加工项目", func(r *Project) Optional[int32] { return r.Count }),
		optText("capacity", "capacity as written, e.g. 年产11万吨再生铅", func(r *Project) Optional[string] { return r.Capacity }),
		optText("owner", "enterprise or body named", func(r *Project) Optional[string] { return r.Owner }),
		text("sector", "industry, energy, agriculture, transport, water, urban, environment, education, health, culture_tourism, social, digital, commerce_logistics, park, other", func(r *Project) string { return r.Sector }),
		text("section", "kind of the section", func(r *Project) string { return r.Section }),
		text("evidence", "the sentence, verbatim", func(r *Project) string { return r.Evidence }),
		integer("char_start", "start of the member's own words in documents.text, in code points", func(r *Project) int32 { return r.CharStart }).stored(StoreDelta),
		integer("char_end", "end of the member's own words in documents.text, in code points, exclusive", func(r *Project) int32 { return r.CharEnd }).stored(StoreDelta),
		double("confidence", "0–1, calibrated as in indicators: of rows at 0.9 or more, 98 % are planned undertakings of the right status and period", func(r *Project) float64 { return r.Confidence }),
		optText("region_code_2020", fixedKeyDoc, func(r *Project) Optional[string] { return r.RegionCode2020 }),
		optText("same_as", "project_id of the first mention of the undertaking in the same report; null for the first itself", func(r *Project) Optional[string] { return r.SameAs }),
		optText("continues", "project_id of the likely earlier mention: the region's project of the most similar name in a report of the five years before, of a status from which this one follows", func(r *Project) Optional[string] { return r.Continues }),
		optDouble("continues_score", "0–1, null without continues: share of common character pairs of the names (at least 0.8 for a line and a section of it), times 0.9 for another sector, 0.8 for a status that slipped back, 0.95 for each further year between", func(r *Project) Optional[float64] { return r.ContinuesScore }),
	},
	Compare: func(a, b *Project) int {
		return cmp.Or(nullsLast(a.RegionCode, b.RegionCode), nullsLast(a.ReportYear, b.ReportYear),
			cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.CharStart, b.CharStart),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.ProjectID, b.ProjectID))
	},
}
