package indicator

import (
	_ "embed"
	"math"
	"strings"

	"xianzhi/schemas"
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
func (p *parser) doubtful(st *statement, r *schemas.Indicator) bool {
	switch {
	case st.measure == "rank" && st.way == "carrying" && (st.lead.saidPart("均") || st.lead.saidPart("都")):
		return true // 均居第2位: said of several, named after the last
	case st.code.code == "key_projects" && st.coded && strings.HasSuffix(st.noun, "工程") && programme.MatchString(p.s[:st.q.start]):
		return true // 实施河道治理方案,完成30个重点工程: those of one programme
	case !st.coded && p.era.years.several() && st.stock && !st.summed && r.PeriodStart == r.PeriodEnd && outlay.MatchString(st.name):
		return true // 水利投资翻番、达20亿元: in the last year or in all
	case st.coded:
		return false
	}
	if brokenName.MatchString(r.Name) || runeLen(r.Name) < 2 {
		return true
	}
	if (r.Unit == "个" || r.Unit == "项") && (strings.Contains(r.Name, "项目") || strings.Contains(r.Name, "工程")) {
		return true // a count of works may be an attribute of a bundle
	}
	n, _ := p.lex.names.SuffixFunc(r.Name, func(n string, _ struct{}) bool {
		before := r.Name[:len(r.Name)-len(n)]
		return before != "" && (runeLen(before) <= 2 || p.acts(before))
	})
	return n != ""
}

// programme names what works may be part of.
var programme = pattern.MustCompile(`(?:行动|方案|规划|计划|治理)`)

// outlay ends the name of what is spent over the years.
var outlay = pattern.MustCompile(`(?:投资|投入|支出|资金)$`)

var brokenName = pattern.MustCompile(`\d{2,4}年|\d+月|分别|[且并]|^(?:推动|推进|支撑|带动|促进|突破|是|为|有|了|至|到|的|占|由|从|其|该|这)|(?:以上|以下|等|的|和|且)$|(?:建成|投产|投运|竣工|开工|投用|通车|完工)、|”[、和及与]?“[^”]*”[^“”]*(?:项目|工程|基地|中心|园|厂)|^剩余.数$`)

// doubtLimit is the confidence that a doubtful name cannot pass.
const doubtLimit = 0.85

// keepsName lists the codes whose members keep the name they are stated under (煤改电, 煤改气).
var keepsName = map[string]bool{"clean_heating_households": true, "new_energy_capacity": true}

// weights are the model's by what a reading is estimated from: for the traits that stand for one of
// several values, by the value.
type weights struct {
	confidence.Model
	bias                                float64
	holding                             [traits]float64
	measure, way, kind, unit, predicate []valued
}

// valued is the weight of one of a trait's values.
type valued struct {
	value  string
	weight float64
}

// trait is one that holds of a row or does not.
type trait int

const (
	traitCoded trait = iota
	traitStatedPlainly
	traitSeveralYears
	traitSeveralYearsNotCoded
	traitTimeStated
	traitBounded
	traitNotInDigits
	traitListBefore
	traitPredicateBehind
	traitLongName
	traitFlagged
	traitSmallCount
	traitWholeRegion
	traitListMember
	traitProjectInSentence
	traitPlaceBefore
	traitPlannedArea
	traits = iota
)

var traitNames = [traits]string{
	traitCoded:                "coded",
	traitStatedPlainly:        "coded and stated plainly",
	traitSeveralYears:         "passage of several years",
	traitSeveralYearsNotCoded: "passage of several years, not coded",
	traitTimeStated:           "time stated",
	traitBounded:              "bounded",
	traitNotInDigits:          "not in Arabic digits",
	traitListBefore:           "list before the number",
	traitPredicateBehind:      "predicate behind the noun",
	traitLongName:             "long name",
	traitFlagged:              "flagged",
	traitSmallCount:           "small count",
	traitWholeRegion:          "whole region said",
	traitListMember:           "list member",
	traitProjectInSentence:    "attributes of a project in the sentence",
	traitPlaceBefore:          "place before the number",
	traitPlannedArea:          "planned area",
}

func newWeights(m confidence.Model) weights {
	of := func(prefix string) []valued {
		var values []valued
		for trait, w := range m.Weights {
			if value, ok := strings.CutPrefix(trait, prefix); ok {
				values = append(values, valued{value, w})
			}
		}
		return values
	}
	w := weights{Model: m, bias: m.Bias(), measure: of("measure "), way: of("name by "), kind: of("kind "), unit: of("unit "), predicate: of("predicate ")}
	for i, name := range traitNames {
		w.holding[i] = m.Weights[name]
	}
	return w
}

// evidence sums up the traits of a row, and keeps them where they are asked for.
type evidence struct {
	*weights
	score  float64
	traits []string
	keep   bool
}

func (e *evidence) of(prefix, value string, weights []valued) {
	for i := range weights {
		if weights[i].value == value {
			e.score += weights[i].weight
			break
		}
	}
	if e.keep {
		e.traits = append(e.traits, prefix+value)
	}
}

func (e *evidence) add(holds bool, t trait) {
	if !holds {
		return
	}
	e.score += e.holding[t]
	if e.keep {
		e.traits = append(e.traits, traitNames[t])
	}
}

// weigh sums up what is known of how a row was read.
func (p *parser) weigh(st *statement, r *schemas.Indicator) evidence {
	e := evidence{weights: p.weights, score: p.weights.bias, keep: p.trace}
	e.of("measure ", st.measure, e.measure)
	e.of("name by ", st.way, e.way)
	e.of("kind ", string(p.era.kind), e.kind)
	dim := st.q.unit.Unit.Dimension
	switch dim {
	case "currency", "percent", "points", "count", "person", "household", "area", "length", "mass":
		e.of("unit ", dim, e.unit)
	default:
		e.of("unit ", "other", e.unit)
	}
	main := st.lead.main()
	e.of("predicate ", main.String(), e.predicate)
	e.add(st.coded, traitCoded)
	e.add(st.coded && (st.measure == "growth" || main == effLevel), traitStatedPlainly)
	e.add(p.era.years.several(), traitSeveralYears)
	e.add(p.era.years.several() && !st.coded, traitSeveralYearsNotCoded)
	e.add(p.explicit != nil, traitTimeStated)
	e.add(r.Bound != "eq", traitBounded)
	e.add(st.q.num.Form != number.Arabic, traitNotInDigits)
	e.add(strings.Contains(st.lead.head, "、") || strings.Contains(st.lead.head, "等"), traitListBefore)
	e.add(st.predicate != "", traitPredicateBehind)
	e.add(runeLen(st.name) > 14, traitLongName)
	e.add(len(r.Flags) > 0, traitFlagged)
	e.add(isCount(st.q) && math.Abs(r.Value) <= 5, traitSmallCount)
	e.add(st.lead.scope, traitWholeRegion)
	e.add(st.lead.linked, traitListMember)
	project := false
	for i := range p.qs {
		project = project || p.qs[i].role == roleProject
	}
	e.add(project, traitProjectInSentence)
	e.add(places.In(p.s[p.clauseStart:st.q.start]), traitPlaceBefore)
	e.add(dim == "area" && p.era.future(p.year) && !st.coded, traitPlannedArea)
	return e
}
