package schemas

import "cmp"

// Document is one source article.
type Document struct {
	DocID, Source         string
	Title                 Optional[string]
	DocType               string
	RegionCode            Optional[string]
	RegionName            Optional[string]
	Level                 Optional[string]
	ReportYear            Optional[int32]
	ReviewYear            Optional[int32]
	Meeting               Optional[string]
	DeliveredOn           Optional[Date]
	Speaker, SpeakerTitle Optional[string]
	PublishedOn           Optional[Date]
	Vintage               int32
	IsLatest              bool
	Text                  string
	NChars                int32
	SHA256                string
	Sections              []Section
	RegionCandidates      []string
}

// Section is a top-level part of a document; offsets are code points of its text.
type Section struct {
	Title     string `json:"title"`
	Kind      string `json:"kind"`
	CharStart int32  `json:"char_start"`
	CharEnd   int32  `json:"char_end"`
}

// DocumentTable is the table documents.
var DocumentTable = Table[Document]{
	Name: "documents",
	Doc:  "one row per source article",
	Columns: []Column[Document]{
		text("doc_id", "first 16 hex digits of SHA-256(text)", func(r *Document) string { return r.DocID }).stored(StorePlain),
		text("source", "base name of the input root, /, path relative to it, with #n for the n-th article of a listing page; - for standard input", func(r *Document) string { return r.Source }),
		optText("title", "headline as published, list marks removed", func(r *Document) Optional[string] { return r.Title }),
		text("doc_type", "work_report, statistical_communique, news, other", func(r *Document) string { return r.DocType }),
		optText("region_code", "GB/T 2260 code in force in the report year (nation: 100000); null when it cannot be determined", func(r *Document) Optional[string] { return r.RegionCode }),
		optText("region_name", "official name in the report year", func(r *Document) Optional[string] { return r.RegionName }),
		optText("level", "nation, province, prefecture, county (县/旗/自治县/林区/特区), county_level_city, district", func(r *Document) Optional[string] { return r.Level }),
		optInteger("report_year", "the year whose plan the report presents (今年 in its plan section); for a news item its year if stated", func(r *Document) Optional[int32] { return r.ReportYear }),
		optInteger("review_year", "the year under review: the year before report_year, unless stated otherwise", func(r *Document) Optional[int32] { return r.ReviewYear }),
		optText("meeting", "the meeting, e.g. 闻喜县第十七届人民代表大会第一次会议", func(r *Document) Optional[string] { return r.Meeting }),
		optDate("delivered_on", "date of delivery", func(r *Document) Optional[Date] { return r.DeliveredOn }),
		optText("speaker", "who delivered it, e.g. 史玉江", func(r *Document) Optional[string] { return r.Speaker }),
		optText("speaker_title", "the speaker's office as written, e.g. 县长", func(r *Document) Optional[string] { return r.SpeakerTitle }),
		optDate("published_on", "publication date on the page", func(r *Document) Optional[Date] { return r.PublishedOn }),
		integer("vintage", "1 for the first text of a region, type and report year, 2 for a revised one …", func(r *Document) int32 { return r.Vintage }),
		boolean("is_latest", "whether it is the newest vintage", func(r *Document) bool { return r.IsLatest }),
		text("text", "the article's body verbatim, outer white space trimmed, line ends \\n; date, meeting, speaker and 来源 lines stay in it", func(r *Document) string { return r.Text }).stored(StorePlain),
		integer("n_chars", "code points of text", func(r *Document) int32 { return r.NChars }).stored(StorePlain),
		text("sha256", "SHA-256 of text, hex", func(r *Document) string { return r.SHA256 }).stored(StorePlain),
		sectionList("sections", "top-level parts; kind: opening, review, outlook (five-year), plan (coming year), self_government, closing, glossary, other; offsets in code points of text", func(r *Document) []Section { return r.Sections }),
		textList("region_candidates", "codes of the regions that fit equally well, when region_code is null for that", func(r *Document) []string { return r.RegionCandidates }),
	},
	Compare: func(a, b *Document) int { return cmp.Compare(a.DocID, b.DocID) },
}
