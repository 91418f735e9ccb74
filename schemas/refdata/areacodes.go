package refdata

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed areacodes.csv
var areacodesCSV string

// Level is the administrative level of a division.
type Level string

// The levels of the tables documents, counties and panel.
const (
	Nation          Level = "nation"
	Province        Level = "province"
	Prefecture      Level = "prefecture"
	CountyLevel     Level = "county" // 县, 旗, 自治县, 林区, 特区
	CountyLevelCity Level = "county_level_city"
	District        Level = "district"
)

// FirstYear is the first year of the history; what was in force then counts as in force before.
const FirstYear = 1981

// Division is one division code during one period of validity. Divisions are shared and must
// not be changed.
type Division struct {
	Code, Name, ShortName string // 140823, 闻喜县, 闻喜
	Level                 Level
	Province, Prefecture  *Division // at that time; nil where there is none (直辖: no prefecture)
	From, To              int       // years [From, To); To 0: in force

	successors, predecessors []Succession
}

// Succession says that territory passed to or came from a division in a year.
type Succession struct {
	Division *Division
	Year     int
}

// Successors are the divisions that took territory over, in the order of their codes.
func (d *Division) Successors() []Succession { return d.successors }

// Predecessors are the divisions whose territory came in, in the order of their codes.
func (d *Division) Predecessors() []Succession { return d.predecessors }

// InForce reports whether the code had this name and these parents in a year.
func (d *Division) InForce(year int) bool {
	year = max(year, FirstYear)
	return d.From <= year && (d.To == 0 || year < d.To)
}

// Within reports whether the division is part of the other or the other itself.
func (d *Division) Within(other *Division) bool {
	return d == other || d.Prefecture == other || d.Province == other || other.Level == Nation
}

// In follows one-to-one successions from the division to the one in force in a year. Where a
// division was split, merged or put together from several, there is none.
func (d *Division) In(year int) (*Division, bool) {
	year = max(year, FirstYear)
	for d != nil && !d.InForce(year) {
		if year < d.From {
			d = d.onlyPredecessor()
		} else {
			d = d.onlySuccessor()
		}
	}
	return d, d != nil
}

// onlySuccessor is the division that began when d ended, took over all of it and nothing else.
func (d *Division) onlySuccessor() *Division {
	next := only(d.successors, d.To)
	if d.To == 0 || next == nil || next.From != d.To || only(next.predecessors, next.From) != d {
		return nil
	}
	return next
}

func (d *Division) onlyPredecessor() *Division {
	before := only(d.predecessors, d.From)
	if before == nil || before.onlySuccessor() != d {
		return nil
	}
	return before
}

// only is the one division of the successions of a year, or nil.
func only(successions []Succession, year int) *Division {
	var found *Division
	for _, s := range successions {
		if s.Year == year && s.Division != found {
			if found != nil {
				return nil
			}
			found = s.Division
		}
	}
	return found
}

// History is the history of the division codes.
type History struct {
	divisions []*Division // by code, then From; the nation first
	byCode    map[string][]*Division
}

// The file is part of the program: a fault in it is a defect that the tests meet first.
var loadHistory = sync.OnceValue(func() *History {
	h, err := parseHistory(areacodesCSV)
	if err != nil {
		panic(err)
	}
	return h
})

// Divisions returns the history of China's division codes from FirstYear on, with one synthetic
// division for the nation.
func Divisions() *History { return loadHistory() }

// All returns the divisions by code, then From. The slice is the caller's.
func (h *History) All() []*Division { return slices.Clone(h.divisions) }

// At returns the division that a code stood for in a year.
func (h *History) At(code string, year int) (*Division, bool) {
	for _, d := range h.byCode[code] {
		if d.InForce(year) {
			return d, true
		}
	}
	return nil, false
}

// Named returns the division that a document's code stands for: the one in force in the year or,
// as a report may carry the name that ended in its year, the one that ended last before.
func (h *History) Named(code string, year int) (*Division, bool) {
	if d, ok := h.At(code, year); ok {
		return d, true
	}
	var last *Division
	for _, d := range h.byCode[code] {
		if last == nil || d.From <= year {
			last = d
		}
	}
	return last, last != nil
}

// NationCode is the code of the synthetic division that stands for the country.
const NationCode = "100000"

const (
	countyRank     = "县级"
	prefectureRank = "地级"
	provinceRank   = "省级"
	noPrefecture   = "直辖" // governed by the province itself
)

var areacodesHeader = []string{"代码", "一级行政区", "二级行政区", "名称", "级别", "状态", "启用时间", "变更/弃用时间", "新代码"}

// record is a line of areacodes.csv as written.
type record struct {
	code, province, prefecture, name, rank, from, to, successors string
}

func parseHistory(text string) (*History, error) {
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("schemas/refdata/areacodes.csv is no valid CSV: %w", err)
	}
	if len(lines) < 2 || !slices.Equal(lines[0], areacodesHeader) {
		return nil, fmt.Errorf("schemas/refdata/areacodes.csv must start with the header %s and have rows", strings.Join(areacodesHeader, ","))
	}
	nation := &Division{Code: NationCode, Name: "中华人民共和国", ShortName: "中国", Level: Nation, From: FirstYear}
	h := &History{divisions: []*Division{nation}, byCode: map[string][]*Division{NationCode: {nation}}}
	records := make(map[*Division]record, len(lines))
	named := make(map[string][]*Division) // provinces by name, prefectures by province and name
	for n, l := range lines[1:] {
		r := record{l[0], l[1], l[2], l[3], l[4], l[6], l[7], l[8]}
		d, err := r.division()
		if err != nil {
			return nil, fmt.Errorf("schemas/refdata/areacodes.csv, line %d: %w", n+2, err)
		}
		records[d] = r
		h.divisions = append(h.divisions, d)
		h.byCode[d.Code] = append(h.byCode[d.Code], d)
		switch d.Level {
		case Province:
			named[r.province] = append(named[r.province], d)
		case Prefecture:
			named[r.province+r.name] = append(named[r.province+r.name], d)
		}
	}
	for _, d := range h.divisions[1:] {
		if err := h.link(d, records[d], named); err != nil {
			return nil, fmt.Errorf("schemas/refdata/areacodes.csv: %s %s of %d: %w", d.Code, d.Name, d.From, err)
		}
	}
	byCode := func(a, b *Division) int { return strings.Compare(a.Code, b.Code)*10000 + a.From - b.From }
	slices.SortFunc(h.divisions, byCode)
	h.linkPrefectures()
	for _, d := range h.divisions {
		order := func(a, b Succession) int { return byCode(a.Division, b.Division)*10000 + a.Year - b.Year }
		slices.SortFunc(d.successors, order)
		slices.SortFunc(d.predecessors, order)
	}
	return h, nil
}

func (r record) division() (*Division, error) {
	d := &Division{Code: r.code, Name: r.name, ShortName: shortName(r.name)}
	if len(r.code) != 6 || r.name == "" {
		return nil, fmt.Errorf("a code of six digits and a name are needed")
	}
	var err error
	if d.From, err = strconv.Atoi(r.from); err != nil {
		return nil, fmt.Errorf("the first year: %w", err)
	}
	if r.to != "" {
		if d.To, err = strconv.Atoi(r.to); err != nil || d.To <= d.From {
			return nil, fmt.Errorf("the last year %q must be a year after %d", r.to, d.From)
		}
	}
	switch r.rank {
	case provinceRank:
		d.Level = Province
	case prefectureRank:
		d.Level = Prefecture
	case countyRank:
		d.Level = countyLevel(r.code, r.name)
	default:
		return nil, fmt.Errorf("unknown level %q", r.rank)
	}
	return d, nil
}

// countyLevel tells the kinds of county-level divisions apart. A 区 is a district unless it is a
// 特区 or its code stands among those of the counties (神农架林区): in GB/T 2260 the last two
// digits are 01–20 and 51–80 for districts, 21–50 for counties.
func countyLevel(code, name string) Level {
	switch {
	case strings.HasSuffix(name, "市"):
		return CountyLevelCity
	case strings.HasSuffix(name, "区") && !strings.HasSuffix(name, "特区") && (code[4:] <= "20" || code[4:] > "50"):
		return District
	}
	return CountyLevel
}

// link resolves the parents and successors of a division, which the file gives by name and code.
func (h *History) link(d *Division, r record, named map[string][]*Division) error {
	parent := func(name string) *Division {
		for _, p := range named[name] {
			if p.InForce(d.From) {
				return p
			}
		}
		return nil
	}
	if d.Level != Province {
		if d.Province = parent(r.province); d.Province == nil {
			return fmt.Errorf("no province %s was in force then", r.province)
		}
		if d.Level != Prefecture && r.prefecture != noPrefecture {
			if d.Prefecture = parent(r.province + r.prefecture); d.Prefecture == nil {
				return fmt.Errorf("no prefecture %s was in force then", r.prefecture)
			}
		}
	}
	for successor := range strings.SplitSeq(r.successors, ";") {
		if successor == "" {
			continue
		}
		code, year := successor, d.To
		if before, after, bracketed := strings.Cut(successor, "["); bracketed {
			y, err := strconv.Atoi(strings.TrimSuffix(after, "]"))
			if err != nil {
				return fmt.Errorf("the year of the successor %s: %w", successor, err)
			}
			code, year = before, y
		}
		s, ok := h.At(code, year)
		if !ok {
			return fmt.Errorf("the successor %s was not in force in %d", code, year)
		}
		pass(d, s, year)
	}
	return nil
}

// linkPrefectures derives what the file leaves out: which prefecture took over from which. A
// prefecture that keeps its code under a new name succeeds itself; otherwise its successors are
// the prefectures that its counties passed to.
func (h *History) linkPrefectures() {
	for _, d := range h.divisions {
		switch d.Level {
		case Prefecture:
			if next, ok := h.At(d.Code, d.To); ok && d.To != 0 && next.Level == Prefecture {
				pass(d, next, d.To)
			}
		case CountyLevel, CountyLevelCity, District:
			for _, s := range d.successors {
				from, to := d.parent(), s.Division.parent()
				if s.Year == d.To && from != to && from.Code != to.Code && from.Level == Prefecture && (to.Level == Prefecture || to.From == s.Year) {
					pass(from, to, s.Year)
				}
			}
		}
	}
}

func (d *Division) parent() *Division {
	if d.Prefecture != nil {
		return d.Prefecture
	}
	return d.Province
}

// pass records once that territory passed from one division to another.
func pass(from, to *Division, year int) {
	if s := (Succession{to, year}); !slices.Contains(from.successors, s) {
		from.successors = append(from.successors, s)
		to.predecessors = append(to.predecessors, Succession{from, year})
	}
}

// The names of the peoples that stand in the names of autonomous areas, some without 族.
const peoples = `蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各`

var (
	autonomous    = regexp.MustCompile(`^(\p{Han}{2,}?)(?:(?:` + peoples + `)族|蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)*自治[区州县旗]$`)
	ethnicBorough = regexp.MustCompile(`^(\p{Han}{2,}?)(?:` + peoples + `)族区$`)
)

// levelSuffixes are the words for a level, those that end in another one first.
var levelSuffixes = []string{"特别行政区", "行政区", "地区", "特区", "林区", "省", "市", "州", "盟", "县", "区", "旗"}

// shortName is a name without its level word and the peoples of an autonomous area. A name of
// which only one character would be left stays whole (临县, 城区).
func shortName(name string) string {
	switch { // few names need a regular expression, and every run reads all of them
	case strings.Contains(name, "自治"):
		if m := autonomous.FindStringSubmatch(name); m != nil {
			return strings.TrimSuffix(m[1], "族") // 东乡族自治县: named after the people alone
		}
	case strings.HasSuffix(name, "族区"):
		if m := ethnicBorough.FindStringSubmatch(name); m != nil {
			return m[1]
		}
	}
	for _, word := range levelSuffixes {
		if short, ok := strings.CutSuffix(name, word); ok && utf8.RuneCountInString(short) > 1 {
			return short
		}
	}
	return name
}
