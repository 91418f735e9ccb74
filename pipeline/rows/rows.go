package rows

import "xianzhi/schemas"

// Document has the fields of a row of documents.
func Document(c *Coder, r *schemas.Document) {
	c.Text(&r.DocID)
	c.Text(&r.Source)
	Optional(c, &r.Title, (*Coder).Text)
	c.Text(&r.DocType)
	Optional(c, &r.RegionCode, (*Coder).Text)
	Optional(c, &r.RegionName, (*Coder).Text)
	Optional(c, &r.Level, (*Coder).Text)
	Optional(c, &r.ReportYear, (*Coder).Int32)
	Optional(c, &r.ReviewYear, (*Coder).Int32)
	Optional(c, &r.Meeting, (*Coder).Text)
	Optional(c, &r.DeliveredOn, (*Coder).Date)
	Optional(c, &r.Speaker, (*Coder).Text)
	Optional(c, &r.SpeakerTitle, (*Coder).Text)
	Optional(c, &r.PublishedOn, (*Coder).Date)
	c.Int32(&r.Vintage)
	c.Bool(&r.IsLatest)
	c.Text(&r.Text)
	c.Int32(&r.NChars)
	c.Text(&r.SHA256)
	List(c, &r.Sections, section)
	List(c, &r.RegionCandidates, (*Coder).Text)
}

func section(c *Coder, s *schemas.Section) {
	c.Text(&s.Title)
	c.Text(&s.Kind)
	c.Int32(&s.CharStart)
	c.Int32(&s.CharEnd)
}

// Indicators has the fields of rows of indicators.
func Indicators(c *Coder, list *[]schemas.Indicator) { List(c, list, indicator) }

func indicator(c *Coder, r *schemas.Indicator) {
	c.Text(&r.IndicatorID)
	c.Text(&r.DocID)
	Optional(c, &r.RegionCode, (*Coder).Text)
	Optional(c, &r.ReportYear, (*Coder).Int32)
	Optional(c, &r.IndicatorCode, (*Coder).Text)
	Optional(c, &r.Variant, (*Coder).Text)
	c.Text(&r.Name)
	c.Text(&r.Measure)
	c.Text(&r.Basis)
	c.Bool(&r.Estimated)
	Optional(c, &r.PeriodStart, (*Coder).Int32)
	Optional(c, &r.PeriodEnd, (*Coder).Int32)
	Optional(c, &r.PeriodPart, (*Coder).Text)
	Optional(c, &r.BaseYear, (*Coder).Int32)
	Optional(c, &r.PriceBasis, (*Coder).Text)
	c.Float64(&r.Value)
	Optional(c, &r.ValueMin, (*Coder).Float64)
	Optional(c, &r.ValueMax, (*Coder).Float64)
	c.Text(&r.Bound)
	c.Text(&r.Unit)
	Optional(c, &r.ValueSI, (*Coder).Float64)
	Optional(c, &r.UnitSI, (*Coder).Text)
	Optional(c, &r.Commitment, (*Coder).Text)
	c.Text(&r.ValueText)
	c.Text(&r.UnitText)
	c.Text(&r.Section)
	c.Text(&r.Evidence)
	c.Int32(&r.CharStart)
	c.Int32(&r.CharEnd)
	c.Float64(&r.Confidence)
	List(c, &r.Flags, (*Coder).Text)
	Optional(c, &r.RegionCode2020, (*Coder).Text)
}

// Projects has the fields of rows of projects.
func Projects(c *Coder, list *[]schemas.Project) { List(c, list, project) }

func project(c *Coder, r *schemas.Project) {
	c.Text(&r.ProjectID)
	c.Text(&r.DocID)
	Optional(c, &r.RegionCode, (*Coder).Text)
	Optional(c, &r.ReportYear, (*Coder).Int32)
	c.Text(&r.Name)
	c.Text(&r.Status)
	c.Int32(&r.PeriodStart)
	c.Int32(&r.PeriodEnd)
	Optional(c, &r.Investment, (*Coder).Float64)
	Optional(c, &r.Count, (*Coder).Int32)
	Optional(c, &r.Capacity, (*Coder).Text)
	Optional(c, &r.Owner, (*Coder).Text)
	c.Text(&r.Sector)
	c.Text(&r.Section)
	c.Text(&r.Evidence)
	c.Int32(&r.CharStart)
	c.Int32(&r.CharEnd)
	c.Float64(&r.Confidence)
	Optional(c, &r.RegionCode2020, (*Coder).Text)
	Optional(c, &r.SameAs, (*Coder).Text)
	Optional(c, &r.Continues, (*Coder).Text)
	Optional(c, &r.ContinuesScore, (*Coder).Float64)
}

// Texts has the fields of a list of texts.
func Texts(c *Coder, list *[]string) { List(c, list, (*Coder).Text) }
