package segment

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
)

//go:embed titles.tsv
var titlesTSV string

//go:embed openers.tsv
var openersTSV string

// titleRule says what a heading that matches is about; the first match counts.
type titleRule struct {
	kind    Kind
	pattern *pattern.Pattern
	example string
}

// openerRule says that a sentence which matches turns a part of one of the
// from kinds to another kind.
type openerRule struct {
	from    []Kind
	to      Kind
	time    string // past, next: where the plan or year it names must lie; any
	pattern *pattern.Pattern
	example string
}

var (
	titleRules  = mustRead(titlesTSV, readTitleRule)
	openerRules = mustRead(openersTSV, readOpenerRule)
	openersFrom = func() map[Kind][]openerRule { // the rules by each kind that they turn
		by := map[Kind][]openerRule{}
		for _, rule := range openerRules {
			for _, from := range rule.from {
				by[from] = append(by[from], rule)
			}
		}
		return by
	}()
)

// mustRead reads an embedded rule table; a mistake in it is one of the build,
// found by every test.
func mustRead[T any](table string, read func(row []string) T) []T {
	reader := csv.NewReader(strings.NewReader(table))
	reader.Comma = '\t'
	rows, err := reader.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("segment: embedded rule table: %v", err))
	}
	rules := make([]T, 0, len(rows)-1)
	for _, row := range rows[1:] {
		rules = append(rules, read(row))
	}
	return rules
}

func readTitleRule(row []string) titleRule {
	return titleRule{Kind(row[0]), pattern.MustCompile(row[1]), row[2]}
}

func readOpenerRule(row []string) openerRule {
	var from []Kind
	for _, kind := range strings.Fields(row[0]) {
		from = append(from, Kind(kind))
	}
	return openerRule{from, Kind(row[1]), row[2], pattern.MustCompile(row[3]), row[4]}
}

// titleKind classifies a heading; "" if it names no kind. Of a heading with
// several parts (…成就和…目标任务) the last part that names a kind decides:
// what a report says last is what it leads up to.
func titleKind(title string) Kind {
	title = title[readMarker(title).length:]
	for rest := title; rest != ""; {
		i := strings.LastIndexAny(rest, "和及与暨、,")
		last := rest
		if i >= 0 {
			_, n := utf8.DecodeRuneInString(rest[i:])
			last, rest = rest[i+n:], rest[:i]
		} else {
			rest = ""
		}
		if kind := firstKind(last); kind != "" && (named(last) || kind == SelfGovernment) {
			return kind
		}
	}
	return firstKind(title)
}

func firstKind(title string) Kind {
	for _, rule := range titleRules {
		if rule.pattern.MatchString(title) {
			return rule.kind
		}
	}
	return ""
}

var timeName = pattern.MustCompile(`\d{4}年|[今明去]年|五年|十[一二三四五六七八九]?五|过去|回顾|远景`)

// named reports that a part of a heading stands for itself: it names its time.
func named(title string) bool { return timeName.MatchString(title) }

// barePattern matches headings without a number: a time and what is said of
// it, the government's own conduct, a glossary, the end.
const barePattern = `^(` +
	`(关于)?(对)?(\d{4}年|[一二][〇○零一二三四五六七八九]{3}年|今年|去年|过去|“?十[一二三四五六七八九]?五|今后五年|未来五年)[^,;。!?是了]{0,24}(回顾|安排|任务|重点|工作|目标|建议|要求|部署|成就|思路|打算|举措|蓝图)` +
	`|(切实|全面|进一步|持续|着力|大力|努力|不断|扎实|认真)*(加强|推进|抓好|强化|深化|提升|搞好)?(政府|行署)(自身|效能|作风|能力)建设` +
	`|(附(件|录)\d{0,2}[:、]?)?(名词|术语|词语|用语|词汇).{0,4}(解释|注释|说明)|结束语|结语` +
	`)`

var (
	bareTitle = pattern.MustCompile(barePattern + `$`)
	bareStart = pattern.MustCompile(barePattern) // where text runs on behind it
)

// isTitle reports a line that is a heading without a number.
func isTitle(line string) bool {
	return len(line) <= 120 && !terminated(line) && (annex(line) || bareTitle.MatchString(line))
}

// annexTitle matches the first line of what is printed behind the report.
var annexTitle = pattern.MustCompile(`^附(件|录)\d{0,2}[:、]?.{0,30}$`)

func annex(line string) bool { return strings.HasPrefix(line, "附") && annexTitle.MatchString(line) }

// years returns the years a heading names.
func years(title string) []int {
	var out []int
	for i := 0; i < len(title); i++ {
		if n := digits(title[i:]); n == 4 && strings.HasPrefix(title[i+4:], "年") {
			year, _ := strconv.Atoi(title[i : i+4])
			out = append(out, year)
		} else if n > 0 {
			i += n - 1
		}
	}
	return out
}

// planEnd returns the last year of the five-year plan of that number (十四五
// ended in 2025); the plans have run without a gap since the sixth.
func planEnd(number int) int { return 1955 + 5*number }
