package indicator

import (
	_ "embed"
	"math"
	"strings"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
	"xianzhi/stages/normalize/confidence"
	"xianzhi/stages/normalize/number"
	"xianzhi/stages/pattern"
)

// confidence.csv holds the weights that `make calibrate` fits on the annotated reports. A row is
// right when value, unit, measure, basis, period, bound and code are.
//
//go:embed confidence.csv
var confidenceCSV string

// LoadConfidence returns the model that the rows' confidence is taken from.
func LoadConfidence() (confidence.Model, error) {
	return confidence.Parse("confidence.csv", confidenceCSV)
}

// doubtful finds what shows in a name that a cut went wrong or that the catalogue's name stands
// in a larger one. Such rows stay below 0.9, whatever the model says: the annotated reports hold
// too few of them to fit a weight.
func (p *parser) doubtful(r *schemas.Indicator) bool {
	if r.IndicatorCode.Valid {
		return false
	}
	if brokenName.MatchString(r.Name) || runeLen(r.Name) < 2 {
		return true
	}
	for _, n := range p.lex.names {
		if before, ok := strings.CutSuffix(r.Name, n); ok && before != "" && (runeLen(before) <= 2 || p.acts(before)) {
			return true
		}
	}
	return false
}

var brokenName = pattern.MustCompile(`\d{2,4}年|\d+月|分别|[且并]|^(?:推动|推进|支撑|带动|促进|突破|是|为|有|了|至|到|的|占|由|从|其|该|这)|(?:以上|以下|等|的|和|且)$`)

// doubtLimit is the confidence that a doubtful name cannot pass.
const doubtLimit = 0.85

// keepsName lists the codes whose members keep the name they are stated under (煤改电, 煤改气).
var keepsName = map[string]bool{"clean_heating_households": true, "new_energy_capacity": true}

func canonical(code string) (string, bool) {
	e, ok := refdata.Lookup(code)
	return e.NameZH, ok
}

// traits lists what is known of how a row was read.
func (p *parser) traits(st *statement, r *schemas.Indicator) []string {
	t := p.scratch.traits[:0]
	t = append(t, "measure "+st.measure, "name by "+st.way, "kind "+string(p.era.kind))
	add := func(holds bool, name string) {
		if holds {
			t = append(t, name)
		}
	}
	dim := st.q.unit.Unit.Dimension
	switch dim {
	case "currency", "percent", "points", "count", "person", "household", "area", "length", "mass":
		t = append(t, "unit "+dim)
	default:
		t = append(t, "unit other")
	}
	main := st.lead.main()
	if main == "" {
		main = "none"
	}
	t = append(t, "predicate "+string(main))
	add(st.coded, "coded")
	add(st.coded && (st.measure == "growth" || main == effLevel), "coded and stated plainly")
	add(p.era.years.several(), "passage of several years")
	add(p.era.years.several() && !st.coded, "passage of several years, not coded")
	add(p.explicit != nil, "time stated")
	add(r.Bound != "eq", "bounded")
	add(st.q.num.Form != number.Arabic, "not in Arabic digits")
	add(strings.Contains(st.lead.head, "、") || strings.Contains(st.lead.head, "等"), "list before the number")
	add(st.predicate != "", "predicate behind the noun")
	add(runeLen(st.name) > 14, "long name")
	add(len(r.Flags) > 0, "flagged")
	add(isCount(st.q) && math.Abs(r.Value) <= 5, "small count")
	add(st.lead.scope, "whole region said")
	add(st.lead.linked, "list member")
	project := false
	for i := range p.qs {
		project = project || p.qs[i].role == roleProject
	}
	add(project, "attributes of a project in the sentence")
	add(place.MatchString(p.s[p.clauseStart:st.q.start]), "place before the number")
	add(dim == "area" && p.era.future(p.year) && !st.coded, "planned area")
	p.scratch.traits = t
	return t
}
