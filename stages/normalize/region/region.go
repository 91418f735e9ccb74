package region

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"xianzhi/schemas/refdata"
	"xianzhi/stages/pattern"
)

// Query is what a document offers as evidence of its region. Opening and Body are folded
// (segment.Text.Folded); white space in Title and Tag does not matter.
type Query struct {
	Title   string // 2021年闻喜县政府工作报告
	Tag     string // of a listing: 闻喜县招商
	Source  string // path or URL of the file
	Within  string // a place that the region must be part of
	Opening string // about the first 600 characters
	Body    string
	Year    int // report year; 0 where unknown: of several periods the last
}

// Match is the region found.
type Match struct {
	Code, Name, Level          string
	ProvinceCode, Province     string // "" where there is none
	PrefectureCode, Prefecture string
	Division                   *refdata.Division   // the region with its history; nil when not decided
	Why                        string              // the evidence that decided, or why none could
	Candidates                 []*refdata.Division // by code; those that the names allow or, when not decided, what is left of them
}

// Resolver finds regions; it is safe for concurrent use.
type Resolver struct{ names names }

// New returns a Resolver over the embedded history of division codes.
func New() *Resolver { return &Resolver{newNames()} }

// The weights of the evidence: a text's word on itself outweighs title and tag together unless
// both contradict it.
const (
	weightText     = 3.0 // the meeting or the government that the opening names
	weightTitle    = 2.0
	weightTag      = 1.0 // of the listing; and the speaker's office
	weightAncestor = 0.5 // a parent is named anywhere in the evidence
)

// inquiry is the state of one Resolve.
type inquiry struct {
	names  names
	query  Query
	within []*refdata.Division // what Query.Within can mean; nil: anywhere
	score  map[*refdata.Division]float64
	why    map[*refdata.Division][]string
	named  []mention // in title, tag, meeting and government
	own    string    // level word of the government that reports: 市, 县, 自治区 …
	spoken bool      // own is stated (我代表市人民政府), not counted (我市)
	noCode string    // a township or zone, when the evidence names one
	inBody map[*refdata.Division]tally
}

// Resolve returns the region and true, or a Match with Why and Candidates alone and false.
func (r *Resolver) Resolve(q Query) (Match, bool) {
	q.Title, q.Tag, q.Within = squeeze(q.Title), squeeze(q.Tag), squeeze(q.Within)
	in := &inquiry{names: r.names, query: q, score: make(map[*refdata.Division]float64), why: make(map[*refdata.Division][]string)}
	if q.Within != "" {
		if in.within = r.places(q.Within, q.Year); len(in.within) == 0 {
			return Match{Why: q.Within + " is no region"}, false
		}
	}
	in.readOpening()
	in.read(q.Title, weightTitle, "title")
	in.read(q.Tag, weightTag, "tag")
	if in.noCode != "" {
		return Match{Why: in.noCode + " has no division code of its own"}, false
	}
	best := in.best()
	for _, fallback := range []func() []*refdata.Division{in.outdated, in.prevailing, in.sole, in.filed} {
		if len(best) == 0 {
			best = fallback()
		}
	}
	found := in.narrow(best)
	if len(found) == 1 {
		found = in.correct(found[0])
	}
	if len(found) != 1 {
		why := "no region is named"
		if len(found) > 1 {
			why = "several regions fit and nothing tells them apart"
		}
		return Match{Why: why, Candidates: found}, false
	}
	return newMatch(found[0], in.why[found[0]], best), true
}

func newMatch(d *refdata.Division, why []string, candidates []*refdata.Division) Match {
	m := Match{Code: d.Code, Name: d.Name, Level: string(d.Level), Division: d,
		Why: strings.Join(why, "; "), Candidates: candidates}
	if d.Province != nil {
		m.ProvinceCode, m.Province = d.Province.Code, d.Province.Name
	}
	if d.Prefecture != nil {
		m.PrefectureCode, m.Prefecture = d.Prefecture.Code, d.Prefecture.Name
	}
	return m
}

// places are the regions that a place's name can mean, of any time and as they were in a year.
func (r *Resolver) places(name string, year int) []*refdata.Division {
	found := r.names.find(name)
	if len(found) == 0 {
		return nil
	}
	all := found[len(found)-1].divisions(0) // of 山西省运城市 the last
	for _, d := range all[:len(all):len(all)] {
		if then, ok := d.In(year); ok && year != 0 {
			all = append(all, then)
		}
	}
	return all
}

// allows reports whether a division is part of the place asked for.
func (in *inquiry) allows(d *refdata.Division) bool {
	return in.query.Within == "" || slices.ContainsFunc(in.within, d.Within)
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

const bodies = `人民政府|政府|行署|行政公署|管委会|管理委员会|国务院`

var (
	salutation = pattern.MustCompile(`各位(?:代表|委员|主任|领导)|同志们`)
	congress   = pattern.MustCompile(`(\p{Han}*)第[一二三四五六七八九十百〇零○\d]+届(?:(全国)?(?:人民代表大会|人大)|委员会第)`)
	// 我代表沈阳市人民政府, 代表行署, 代表镇人民政府; 受国务院的委托
	government = pattern.MustCompile(`代表(\p{Han}{0,20}?)(` + bodies + `)|受(\p{Han}{0,20}?)(` + bodies + `)的?委托`)
	// 池州市人民政府市长
	office    = pattern.MustCompile(`(\p{Han}{2,30}?)(?:人民政府)?代?(?:省|市|县|区|州|旗|盟)长`)
	levelWord = pattern.MustCompile(`(?:自治区|自治州|自治县|自治旗|特区|林区|地区|[省市州盟县区旗镇乡])$`)
	ofOurs    = pattern.MustCompile(`我([省市州盟县区旗])`)
	state     = pattern.MustCompile(`国务院`)
	subCounty = pattern.MustCompile(`^(\p{Han}{1,12}?(?:镇|乡|街道|苏木|开发区|高新区|经开区|示范区|新区|功能区|管理区))(?:办事处|管委会|管理委员会|党工委)?(?:人民政府|政府|工作报告|第.{1,4}届|年|\d)`)
)

// readOpening reads what the text says of itself: the meeting and the government reporting.
func (in *inquiry) readOpening() {
	opening := in.query.Opening
	head := opening
	if at := salutation.FindStringIndex(opening); at != nil {
		head = opening[:at[0]]
	}
	for _, m := range congress.FindAllStringSubmatchIndex(head, -1) {
		if m[4] >= 0 {
			in.addNation(weightText, "meeting")
		} else {
			in.read(head[m[2]:m[1]], weightText, "meeting")
		}
		if len(in.score) > 0 || in.noCode != "" {
			break // the first that names its place: 县十六届人大 stands for none
		}
	}
	if m := office.FindStringSubmatch(head); m != nil {
		in.read(m[1], weightTag, "speaker's office")
	}
	for _, m := range government.FindAllStringSubmatch(opening, -1) {
		if !strings.HasPrefix(m[1], "大会") { // 人民代表大会…
			in.readGovernment(m[1]+m[3], m[2]+m[4])
			break
		}
	}
	if in.own == "" {
		in.own, in.spoken = mostFrequent(ofOurs.FindAllStringSubmatch(in.query.Body, -1)), false
	}
}

// readGovernment reads whom the speaker reports for: 沈阳市, 人民政府.
func (in *inquiry) readGovernment(of, body string) {
	switch body {
	case "国务院":
		in.addNation(2*weightText, "government")
		return
	case "管委会", "管理委员会":
		in.noCode = of + body
		return
	}
	in.own, in.spoken = levelWord.FindString(of), true
	switch {
	case in.own == "" && strings.HasPrefix(body, "行"):
		in.own = "地区"
	case in.own == "镇" || in.own == "乡":
		in.noCode = of
	}
	in.read(of, weightText, "government")
}

// mostFrequent is the first group that is found at least twice and twice as often as any other.
func mostFrequent(found [][]string) string {
	count := make(map[string]int)
	for _, m := range found {
		count[m[1]]++
	}
	for word, n := range count {
		stands := n >= 2
		for other, o := range count {
			stands = stands && (other == word || n >= 2*o)
		}
		if stands {
			return word
		}
	}
	return ""
}

func (in *inquiry) addNation(weight float64, source string) {
	nation, _ := refdata.Divisions().At(refdata.NationCode, in.query.Year)
	in.add(nation, weight, source)
}

func (in *inquiry) add(d *refdata.Division, weight float64, source string) {
	in.score[d] += weight
	in.why[d] = append(in.why[d], source)
}

// read adds the region that a phrase names: of 山西省运城市盐湖区 the last, as its parents are
// named with it.
func (in *inquiry) read(phrase string, weight float64, source string) {
	found := in.names.find(phrase)
	if len(found) == 0 && state.MatchString(phrase) {
		in.addNation(weight, source+" names the State Council")
	}
	in.named = append(in.named, found...)
	type reading struct {
		mention
		division *refdata.Division
		parents  int // how many of the other names are its parents
		full     int
	}
	if in.endsOutdated(found) {
		return
	}
	var readings []reading
	for _, m := range found {
		for _, d := range m.divisions(in.query.Year) {
			if !in.allows(d) {
				continue
			}
			r := reading{mention: m, division: d}
			if m.isFullNameOf(d) {
				r.full = 1
			}
			for _, other := range found {
				if other.entry != m.entry && slices.ContainsFunc(other.divisions(in.query.Year), d.Within) {
					r.parents++
				}
			}
			readings = append(readings, r)
		}
	}
	if len(readings) == 0 {
		return
	}
	better := func(a, b reading) int {
		return cmp.Or(b.parents-a.parents, b.full-a.full, a.start-b.start)
	}
	slices.SortStableFunc(readings, better)
	top := readings[0]
	if m := subCounty.FindStringSubmatch(phrase[top.end:]); m != nil && !strings.Contains(m[1], "政府") && !strings.Contains(m[1], "工作") {
		in.noCode = top.name + m[1]
	}
	for _, r := range readings {
		if better(r, top) == 0 {
			in.add(r.division, weight, fmt.Sprintf("%s names %s", source, r.name))
		}
	}
}

// endsOutdated reports whether the names are a region as it was called at another time behind its
// parents: 山西省怀仁县 in 2021 is no report of 山西省.
func (in *inquiry) endsOutdated(found []mention) bool {
	if len(found) < 2 || in.query.Year == 0 {
		return false
	}
	last, before := found[len(found)-1], found[len(found)-2]
	if last.start != before.end || len(last.divisions(in.query.Year)) > 0 {
		return false
	}
	return slices.ContainsFunc(last.full, func(d *refdata.Division) bool {
		return slices.ContainsFunc(before.divisions(in.query.Year), func(parent *refdata.Division) bool {
			return d.Province != nil && d.Province.Code == parent.Code || d.Prefecture != nil && d.Prefecture.Code == parent.Code
		})
	})
}

// best are the divisions with the most evidence.
func (in *inquiry) best() []*refdata.Division {
	total := make(map[*refdata.Division]float64, len(in.score))
	for d, s := range in.score {
		for _, m := range in.named {
			if all := m.divisions(in.query.Year); !slices.Contains(all, d) && slices.ContainsFunc(all, d.Within) {
				s += weightAncestor
				break
			}
		}
		total[d] = s
	}
	return highest(total, 0)
}

// highest are the divisions with the highest positive score that no other but they exceed by the
// margin, in the order of their codes.
func highest[N int | float64](score map[*refdata.Division]N, margin N) []*refdata.Division {
	var top N
	for _, s := range score {
		top = max(top, s)
	}
	var best []*refdata.Division
	for d, s := range score {
		if s > 0 && s >= top-margin {
			best = append(best, d)
		}
	}
	slices.SortFunc(best, inOrder)
	return best
}

func inOrder(a, b *refdata.Division) int { return cmp.Or(cmp.Compare(a.Code, b.Code), a.From-b.From) }

// outdated reads the names of other periods in title, tag and opening and follows those nearest
// to the report year there: to the same place under another code or, for what was merged or
// split, to those that took it over.
func (in *inquiry) outdated() []*refdata.Division {
	year := in.query.Year
	distance := func(d *refdata.Division) int {
		if d.To == 0 { // in force
			return max(0, d.From-year)
		}
		return max(d.From-year, year-d.To)
	}
	var all []*refdata.Division
	for _, m := range in.named {
		if in.query.Within == "" && len(m.divisions(year)) > 0 {
			continue // a parent: 山西省 of 山西省怀仁县
		}
		for _, d := range m.full {
			nearer := func(o *refdata.Division) bool {
				return o.Province != nil && d.Province != nil && o.Province.Code == d.Province.Code && distance(o) < distance(d)
			}
			if slices.ContainsFunc(m.full, nearer) {
				continue
			}
			for _, now := range followed(d, year) {
				if in.allows(now) && !slices.Contains(all, now) {
					all = append(all, now)
					in.why[now] = []string{m.name + " is a name of another time"}
				}
			}
		}
	}
	slices.SortFunc(all, inOrder)
	return all
}

// followed is what a division is in a year, or the divisions that took its territory over.
func followed(d *refdata.Division, year int) []*refdata.Division {
	if then, ok := d.In(year); ok {
		return []*refdata.Division{then}
	}
	var all []*refdata.Division
	for _, s := range d.Successors() {
		if s.Year == d.To && s.Year <= year {
			all = append(all, followed(s.Division, year)...)
		}
	}
	return all
}

// filed reads the source, where nothing else names a region: its last part or, if the government
// that reports is of the kind found, any.
func (in *inquiry) filed() []*refdata.Division {
	source := squeeze(in.query.Source)
	if in.own == "" {
		source = path.Base(source)
	}
	in.read(source, weightTag, "source")
	if in.noCode != "" {
		return nil
	}
	return slices.DeleteFunc(in.best(), func(d *refdata.Division) bool { return in.own != "" && !hasLevelWord(d, in.own) })
}

// narrow tells candidates apart: by the level word of the reporting government, by the parents
// and neighbours named in the text, by the parents named in the source, and at last the province
// or the larger of two that share a name, or the newest of several periods when the year is
// unknown.
func (in *inquiry) narrow(all []*refdata.Division) []*refdata.Division {
	narrowTo := func(some []*refdata.Division, why string) {
		if len(some) < len(all) {
			for _, d := range some {
				in.why[d] = append(in.why[d], why)
			}
		}
		all = some
	}
	narrowTo(prefer(all, func(d *refdata.Division) bool { return hasLevelWord(d, in.own) }), "its government reports")
	if in.query.Year == 0 {
		narrowTo(newest(all), "latest of the name")
	}
	if len(all) > 1 {
		narrowTo(in.surrounded(all), "the text names its surroundings")
	}
	if len(all) > 1 {
		narrowTo(in.withinSource(all), "the source names its parent")
	}
	narrowTo(prefer(all, func(d *refdata.Division) bool { return d.Level == refdata.Province }), "a province goes by its short name")
	narrowTo(prefer(all, func(d *refdata.Division) bool {
		return !slices.ContainsFunc(all, func(o *refdata.Division) bool { return !o.Within(d) })
	}), "the others are part of it")
	return all
}

// surrounded keeps the one division whose surroundings the text names clearly more than those of
// the others, or all.
func (in *inquiry) surrounded(all []*refdata.Division) []*refdata.Division {
	around := make(map[*refdata.Division]int)
	for _, d := range all {
		around[d] = in.surroundings(d)
	}
	best := highest(around, 0)
	if len(best) != 1 {
		return all
	}
	rest := around[best[0]] / 2
	delete(around, best[0])
	if others := highest(around, 0); len(others) > 0 && around[others[0]] > rest {
		return all
	}
	return best
}

// withinSource keeps the divisions that are part of a place that the source names, or all.
func (in *inquiry) withinSource(all []*refdata.Division) []*refdata.Division {
	for _, m := range in.names.find(squeeze(in.query.Source)) {
		places := m.divisions(in.query.Year)
		if slices.ContainsFunc(places, func(p *refdata.Division) bool { return slices.Contains(all, p) }) {
			continue // the shared name itself
		}
		all = prefer(all, func(d *refdata.Division) bool { return slices.ContainsFunc(places, d.Within) })
	}
	return all
}

// prefer keeps the divisions that pass the test, or all if none does.
func prefer(all []*refdata.Division, test func(*refdata.Division) bool) []*refdata.Division {
	if some := slices.DeleteFunc(slices.Clone(all), func(d *refdata.Division) bool { return !test(d) }); len(some) > 0 {
		return some
	}
	return all
}

// newest keeps the divisions still in force or, of those that follow one another, the last.
func newest(all []*refdata.Division) []*refdata.Division {
	all = prefer(all, func(d *refdata.Division) bool { return d.To == 0 })
	return prefer(all, func(d *refdata.Division) bool {
		return !slices.ContainsFunc(d.Successors(), func(s refdata.Succession) bool { return s.Division != d && slices.Contains(all, s.Division) })
	})
}

// correct replaces a region that only the filing names when the government that reports is of
// another kind and the text is about a namesake or a part of that region: a report of 恩施市
// filed under 恩施土家族苗族自治州. A listing's tag is no more than a hint: when the text speaks of
// 我县 all through, a prefecture's page leaves the choice among its counties.
func (in *inquiry) correct(d *refdata.Division) []*refdata.Division {
	tagged := in.score[d] < weightTitle
	if in.own == "" || hasLevelWord(d, in.own) || in.score[d] >= weightText || !in.spoken && !tagged {
		return []*refdata.Division{d}
	}
	if part := in.partSpokenOf(d); part != nil {
		in.why[part] = slices.Concat(in.why[d], []string{fmt.Sprintf("but the government of a %s reports, on %s", in.own, part.Name)})
		return []*refdata.Division{part}
	}
	var parts []*refdata.Division
	if tagged {
		for _, other := range refdata.Divisions().All() {
			then := other.InForce(in.query.Year)
			if in.query.Year == 0 { // unknown: today's
				then = other.To == 0
			}
			if then && other != d && other.Within(d) && hasLevelWord(other, in.own) {
				parts = append(parts, other)
			}
		}
	}
	if len(parts) == 0 {
		return []*refdata.Division{d}
	}
	return parts
}

// partSpokenOf is the part or namesake of a region, of the kind that reports, of which the text
// speaks more than of the region and clearly more than of the others; nil if there is none.
func (in *inquiry) partSpokenOf(d *refdata.Division) *refdata.Division {
	count := make(map[*refdata.Division]int)
	for other, t := range in.body() {
		if hasLevelWord(other, in.own) && (other.Within(d) || other.ShortName == d.ShortName && d.Within(other)) {
			count[other] = t.full
		}
	}
	best := highest(count, 0)
	if len(best) != 1 || count[best[0]] < 2 || count[best[0]] <= in.body()[d].full {
		return nil
	}
	top := count[best[0]]
	delete(count, best[0])
	if others := highest(count, 0); len(others) > 0 && 2*count[others[0]] > top {
		return nil
	}
	return best[0]
}

// hasLevelWord reports whether a division is of the kind that a government's level word means.
func hasLevelWord(d *refdata.Division, word string) bool {
	switch word {
	case "":
		return false
	case "州":
		return strings.HasSuffix(d.Name, "自治州")
	case "地区": // 行署 govern prefectures and leagues
		return strings.HasSuffix(d.Name, "地区") || strings.HasSuffix(d.Name, "盟")
	}
	return strings.HasSuffix(d.Name, word) && !strings.HasSuffix(d.Name, "地区")
}
